import * as React from 'react';
import type { ISlice, ITranslation } from '../../core';
import { ErrorNotice } from '../errors/ErrorNotice';
import { Exportable } from '../exporting';
import { formatCount, formatNumber } from '../format';
import { useTranslation } from '../host';
import { useBeside, useModel, useResults, useSlices } from '../hooks';
import { useResultPicture } from './resultpicture';

/** How well the model does on samples of which a column says the same; a row shows these alone. */
export function SliceTable(): JSX.Element | null {
  const trans = useTranslation();
  const { results, slices: sliced } = useModel();
  const columns = useResults(r => r.evaluation?.columns);
  const chosen = useResults(r => r.slice);
  const column = useSlices(s => s.column);
  const slices = useSlices(s => s.slices);
  const error = useSlices(s => s.error);
  const threshold = useResults(r => r.threshold);
  const other = useBeside(b => b.at);
  const hasOther = slices !== null && slices.other_all !== null;
  const picture = useResultPicture(
    'groups',
    trans.__('By “%1”', slices?.column ?? ''),
    'scores_by_column',
    {
      column: slices?.column ?? '',
      threshold,
      other: other && { ...other },
      is_compared: hasOther
    }
  );
  if (!columns?.length) {
    return null;
  }
  const isOfNumbers = slices?.measure === 'mean_absolute_error';
  const score = (value: number | null): string =>
    value === null
      ? '–'
      : isOfNumbers
        ? formatNumber(value)
        : `${(100 * value).toFixed(1)} %`;
  return (
    <section
      className="jp-kerasviz-Slices"
      aria-label={trans.__('Groups of samples')}
    >
      <div className="jp-kerasviz-Results-bar">
        <select
          className="jp-mod-styled"
          aria-label={trans.__('Column to group by')}
          value={column ?? ''}
          onChange={event => {
            void results.chooseSlice(null);
            void sliced.choose(event.target.value || null);
          }}
        >
          <option value="">{trans.__('By a column…')}</option>
          {columns.map(name => (
            <option key={name} value={name}>
              {trans.__('By “%1”', name)}
            </option>
          ))}
        </select>
      </div>
      {error && <ErrorNotice error={error} subject="document" />}
      {slices && (
        <Exportable picture={picture}>
          <table className="jp-kerasviz-Slices-table">
            <thead>
              <tr>
                <th scope="col">{slices.column}</th>
                <th scope="col">{trans.__('Samples')}</th>
                <th scope="col">
                  {isOfNumbers
                    ? trans.__('Mean absolute error')
                    : trans.__('Correct')}
                </th>
                {hasOther && <th scope="col">{trans.__('Other model')}</th>}
              </tr>
            </thead>
            <tbody>
              {slices.rows.map((row, number) => {
                const isChosen =
                  chosen?.column === slices.column && chosen.number === number;
                const name = sliceName(row, trans);
                return (
                  <tr key={number} aria-selected={isChosen}>
                    <th scope="row">
                      <button
                        type="button"
                        className="jp-kerasviz-Slices-choice"
                        aria-pressed={isChosen}
                        title={
                          isChosen
                            ? trans.__('Show all samples')
                            : trans.__('Show only these samples')
                        }
                        onClick={() =>
                          void results.chooseSlice(
                            isChosen ? null : { column: slices.column, number }
                          )
                        }
                      >
                        {name}
                      </button>
                    </th>
                    <td>{formatCount(row.count)}</td>
                    <td>{score(row.score)}</td>
                    {hasOther && <td>{score(row.other_score)}</td>}
                  </tr>
                );
              })}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{trans.__('All samples')}</th>
                <td>
                  {formatCount(
                    slices.rows.reduce((sum, row) => sum + row.count, 0)
                  )}
                </td>
                <td>{score(slices.all)}</td>
                {hasOther && <td>{score(slices.other_all)}</td>}
              </tr>
            </tfoot>
          </table>
        </Exportable>
      )}
    </section>
  );
}

/** What the samples of a group have in common, for people. */
function sliceName(row: ISlice, trans: ITranslation): string {
  const { name, low, high, is_missing } = row;
  if (is_missing) {
    return trans.__('missing');
  }
  if (low !== null && high !== null) {
    return low === high ? low : trans.__('%1 to %2', low, high);
  }
  return name ?? trans.__('all other values');
}
