import * as React from 'react';
import type { IChosenJSON, ISample } from '../../core';
import { ErrorNotice } from '../errors/ErrorNotice';
import { useTranslation } from '../host';
import { useInside, useModel } from '../hooks';
import { CallChoice } from './CallChoice';
import { OutputView } from './OutputView';
import { Predicted } from './Predicted';

/** Pixels of the sample in the bar. */
const ROOM = { width: 120, height: 40 } as const;

/** Chooses the sample that is followed through the drawing; only while somebody looks inside. */
export function SampleBar(): JSX.Element | null {
  const isOpen = useInside(i => i.isOpen);
  return isOpen ? <Bar /> : null;
}

function Bar(): JSX.Element {
  const trans = useTranslation();
  const { inside } = useModel();
  const sample = useInside(i => i.sample);
  const error = useInside(i => i.error);
  const weights = useInside(i => i.probe?.weights);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const isText = (event.target as Element).matches('input, select');
    if (by && sample && sample.index !== null && !isText) {
      const index = sample.index + by;
      const { part, parts } = sample;
      if (index >= 0 && index < (parts[part] ?? 0)) {
        const config = { part, index };
        void inside.choose({ class_name: 'by_index', config });
      }
      event.preventDefault();
      event.stopPropagation();
    }
  };
  return (
    <div
      className="jp-kerasviz-SampleBar"
      role="region"
      aria-label={trans.__('Look inside')}
      data-weights={weights}
      onKeyDown={onKeyDown}
    >
      {sample?.views.map((view, i) => (
        <OutputView key={i} view={view} room={ROOM} />
      ))}
      {sample && <Choice sample={sample} />}
      {sample && <Predicted />}
      {sample && <CallChoice />}
      {weights === 'fresh' && (
        <span className="jp-kerasviz-SampleBar-note">
          {trans.__('new weights, not trained yet')}
        </span>
      )}
      {error && <ErrorNotice error={error} subject="document" />}
      <button
        type="button"
        className="jp-kerasviz-SampleBar-close jp-mod-styled"
        data-command="kerasviz:look-inside"
        onClick={() => inside.close()}
      >
        {trans.__('Close')}
      </button>
    </div>
  );
}

function Choice({ sample }: { sample: ISample }): JSX.Element {
  const trans = useTranslation();
  const { inside } = useModel();
  const { part, index, label, parts } = sample;
  const names = {
    training: trans.__('training'),
    validation: trans.__('validation'),
    test: trans.__('test'),
    own: trans.__('your own')
  };
  const count = parts[part] ?? 0;
  const choose = (config: IChosenJSON['config'], way = 'by_index') =>
    void inside.choose({ class_name: way, config: { part, ...config } });
  return (
    <>
      <select
        className="jp-mod-styled"
        aria-label={trans.__('Part of the data')}
        value={part}
        onChange={event => choose({ part: event.target.value, index: 0 })}
      >
        {Object.keys(parts).map(name => (
          <option key={name} value={name}>
            {names[name as ISample['part']]}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="jp-mod-styled"
        title={trans.__('Previous sample (Left Arrow)')}
        aria-label={trans.__('Previous sample')}
        disabled={!index}
        onClick={() => choose({ index: (index ?? 0) - 1 })}
      >
        ‹
      </button>
      <input
        className="jp-mod-styled"
        type="number"
        aria-label={trans.__('Number of the sample')}
        min={0}
        max={count - 1}
        value={index ?? ''}
        onChange={event => {
          const number = event.target.valueAsNumber;
          if (Number.isInteger(number) && number >= 0 && number < count) {
            choose({ index: number });
          }
        }}
      />
      <button
        type="button"
        className="jp-mod-styled"
        title={trans.__('Next sample (Right Arrow)')}
        aria-label={trans.__('Next sample')}
        disabled={index === null || index + 1 >= count}
        onClick={() => choose({ index: (index ?? 0) + 1 })}
      >
        ›
      </button>
      <button
        type="button"
        className="jp-mod-styled"
        onClick={() =>
          choose({ seed: Math.floor(Math.random() * 2 ** 31) }, 'at_random')
        }
      >
        {trans.__('Random')}
      </button>
      {label !== null && (
        <span className="jp-kerasviz-SampleBar-label">
          {trans.__('target: %1', label)}
        </span>
      )}
    </>
  );
}
