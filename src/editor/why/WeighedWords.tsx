import * as React from 'react';
import type { IWhyPart } from '../../core';
import { useTranslation } from '../host';
import { formatNumber } from '../insight/OutputView';
import { numbersOf } from '../insight/viewvalues';
import { cssOf } from './heat';
import { usePointing } from './usePointing';

/** Colours behind letters are paler, so that these can be read. */
const OPACITY = 0.65;

/** The words of a text, each with the colour of its weight. */
export function WeighedWords({ part }: { part: IWhyPart }): JSX.Element {
  const trans = useTranslation();
  const weights = React.useMemo(() => numbersOf(part), [part]);
  const { point, setPoint, onKeyDown } = usePointing(weights.length, 1);
  const { names, most } = part;
  return (
    <div className="jp-kerasviz-WeighedWords">
      <p
        tabIndex={0}
        role="group"
        aria-label={trans.__(
          'Attribution of each word; move with the arrow keys'
        )}
        onKeyDown={onKeyDown}
        onMouseLeave={() => setPoint(null)}
        onMouseOver={({ target }) => {
          const at = (target as HTMLElement).dataset.word;
          setPoint(at === undefined ? null : Number(at));
        }}
      >
        {Array.from(weights, (weight, i) => (
          <React.Fragment key={i}>
            <span
              data-word={i}
              data-pointed={i === point || undefined}
              style={{ background: cssOf(weight, most, OPACITY) }}
            >
              {names[i] || '␣'}
            </span>{' '}
          </React.Fragment>
        ))}
      </p>
      <output className="jp-kerasviz-Why-point">
        {point === null
          ? trans.__('Point at a word to read its attribution.')
          : trans.__(
              'word %1, %2: %3',
              point,
              names[point] || '␣',
              formatNumber(weights[point])
            )}
      </output>
    </div>
  );
}
