import * as React from 'react';
import type { IRuns } from '../../core';
import { SortHeader } from '../sorting/SortHeader';
import { useTranslation } from '../host';
import { RunRow } from './RunRow';
import { DrawAll } from './DrawAll';
import { type IListing, isLatest } from './listview';
import { listed, metricsOf, runsDescend, type RunColumn } from './ordering';
import { runText } from './runtext';

export interface IRunsTableProps {
  list: IRuns;
  listing: IListing;
  onChange(listing: IListing): void;
  /** Told why something could not be done. */
  onFailure(reason: Error): void;
}

/** The list of runs; a click on the head of a column sorts. */
export function RunsTable(props: IRunsTableProps): JSX.Element {
  const { list, listing, onChange, onFailure } = props;
  const { words, order, withHidden, latestOnly } = listing;
  const trans = useTranslation();
  const metrics = React.useMemo(() => metricsOf(list.runs), [list]);
  const rows = React.useMemo(
    () =>
      listed(
        list.runs.filter(
          (run, i, all) =>
            (withHidden || !run.hidden) &&
            (!latestOnly || isLatest(run, all.slice(0, i)))
        ),
        words,
        order,
        (run, column) => runText(run, column, trans)
      ),
    [list, words, order, withHidden, latestOnly, trans]
  );
  const columns: [RunColumn, string][] = [
    ['name', trans.__('Name')],
    ['changes', trans.__('What changed')],
    ...metrics.map((metric): [RunColumn, string] => [
      `best:${metric}`,
      trans.__('best %1', metric)
    ]),
    ['state', trans.__('State')],
    ['note', trans.__('Note')],
    ['started', trans.__('Started')],
    ['duration', trans.__('Duration')],
    ['device', trans.__('Device')],
    ['size', trans.__('Size on disk')]
  ];
  const names = columns.map(([column]) => column);
  return (
    <div className="jp-kerasviz-RunsTable-scroll">
      <table className="jp-kerasviz-RunsTable">
        <thead>
          <tr>
            <th scope="col">
              <DrawAll rows={rows} />
            </th>
            {columns.map(([column, label]) => (
              <SortHeader
                key={column}
                column={column}
                label={label}
                order={order}
                descends={runsDescend(column)}
                onSort={next => onChange({ ...listing, order: next })}
              />
            ))}
            <th scope="col" className="jp-kerasviz-RunRow-actions">
              <span className="jp-kerasviz-Unseen">{trans.__('Actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(run => (
            <RunRow
              key={run.id}
              run={run}
              columns={names}
              onFailure={onFailure}
            />
          ))}
        </tbody>
      </table>
      {rows.length === 0 && (
        <p className="jp-kerasviz-Runs-empty">
          {words.trim() === ''
            ? trans.__('All runs are hidden.')
            : trans.__('No run matches the filter.')}
        </p>
      )}
    </div>
  );
}
