import * as React from 'react';
import type { IConfusion } from '../../core';
import { formatCount } from '../format';
import { Exportable } from '../exporting';
import { useTranslation } from '../host';
import { useModel, useResults } from '../hooks';
import { useResultPicture } from './resultpicture';

/**
 * How many samples of each class were taken for each class. A cell chooses its samples; arrow keys go from cell to
 * cell.
 */
export function ConfusionTable({
  confusion,
  label,
  isOfPositions,
  isBeside = false
}: {
  confusion: IConfusion;
  /** The one that a sample has or has not; null where classes are told apart. */
  label: string | null;
  /** Whether positions in samples are counted. */
  isOfPositions: boolean;
  /** Whether it is of the model that is compared, whose samples are not shown. */
  isBeside?: boolean;
}): JSX.Element {
  const trans = useTranslation();
  const { results } = useModel();
  const cell = useResults(r => r.cell);
  const of = useResults(r => r.of);
  const threshold = useResults(r => r.threshold);
  const said = isOfPositions
    ? trans.__(
        'Confusion matrix of positions: true class (rows) and predicted class (columns)'
      )
    : trans.__(
        'Confusion matrix: true class (rows) and predicted class (columns)'
      );
  const picture = useResultPicture(
    label === null ? 'confusion' : `confusion-${label}`,
    said,
    'confusion_matrix',
    { threshold, label: label === null ? null : (of ?? 0) },
    isBeside
  );
  const table = React.useRef<HTMLTableElement>(null);
  const [at, setAt] = React.useState<readonly [number, number]>([0, 0]);
  const { numbers, counts, left_out } = confusion;
  const classes =
    label === null
      ? confusion.classes
      : [trans.__('not “%1”', label), trans.__('“%1”', label)];
  const totals = counts.map(row => row.reduce((sum, n) => sum + n, 0));

  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step) {
      return;
    }
    event.preventDefault();
    const next = [at[0] + step[0], at[1] + step[1]] as const;
    if (next.every(i => i >= 0 && i < classes.length)) {
      setAt(next);
      table.current
        ?.querySelector<HTMLElement>(`[data-at="${next.join(' ')}"]`)
        ?.focus();
    }
  };

  return (
    <figure className="jp-kerasviz-Confusion">
      <figcaption>
        {isBeside && <strong>{trans.__('Other model:')} </strong>}
        {said}
      </figcaption>
      <Exportable className="jp-kerasviz-Confusion-scroll" picture={picture}>
        <table ref={table} onKeyDown={onKeyDown}>
          <thead>
            <tr>
              <td />
              {classes.map((name, i) => (
                <th key={i} scope="col" title={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {counts.map((row, i) => (
              <tr key={i}>
                <th scope="row" title={classes[i]}>
                  {classes[i]}
                </th>
                {row.map((count, j) => {
                  const share = totals[i] > 0 ? count / totals[i] : 0;
                  const facts = [
                    formatCount(count),
                    formatCount(totals[i]),
                    classes[i],
                    classes[j],
                    (100 * share).toFixed(1)
                  ];
                  const words = isOfPositions
                    ? trans.__(
                        '%1 of %2 positions of “%3” predicted as “%4” (%5 %)',
                        ...facts
                      )
                    : trans.__(
                        '%1 of %2 samples of “%3” predicted as “%4” (%5 %)',
                        ...facts
                      );
                  const isChosen =
                    cell.true === numbers[i] &&
                    cell.predicted_as === numbers[j];
                  return (
                    <td key={j}>
                      <button
                        type="button"
                        data-at={`${i} ${j}`}
                        data-wrong={i !== j && count > 0}
                        data-dark={share > 0.5}
                        aria-pressed={isChosen}
                        aria-label={words}
                        title={words}
                        tabIndex={i === at[0] && j === at[1] ? 0 : -1}
                        style={
                          {
                            '--jp-kerasviz-share': `${Math.round(100 * share)}%`
                          } as React.CSSProperties
                        }
                        onFocus={() => setAt([i, j])}
                        disabled={isBeside}
                        onClick={() =>
                          void results.choose(
                            isChosen
                              ? ANY
                              : { true: numbers[i], predicted_as: numbers[j] }
                          )
                        }
                      >
                        {count > 0 ? formatCount(count) : ''}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Exportable>
      {left_out > 0 && (
        <p className="jp-kerasviz-Field-note">
          {trans.__(
            'The %1 classes with the most mistakes; %2 others are left out.',
            classes.length,
            left_out
          )}
        </p>
      )}
    </figure>
  );
}

const ANY = { true: null, predicted_as: null };

const STEPS: { [key: string]: readonly [number, number] } = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1]
};
