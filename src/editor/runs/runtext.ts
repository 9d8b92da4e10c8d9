/** What the table says of a run. */
import { runLabel, say, type IRunSummary, type ITranslation } from '../../core';
import { formatValue } from '../charts/data';
import { formatBytes } from '../format';
import { formatDuration, stateLabel } from '../training/state';
import type { RunColumn } from './ordering';

/** What a row says in a column. */
export function runText(
  run: IRunSummary,
  column: RunColumn,
  trans: ITranslation
): string {
  switch (column) {
    case 'name':
      return runLabel(run);
    case 'changes':
      return run.changes.map(say).join('; ');
    case 'started':
      return new Date(run.started * 1000).toLocaleString(undefined, {
        dateStyle: 'short',
        timeStyle: 'short'
      });
    case 'duration':
      return formatDuration(run.elapsed, trans);
    case 'device':
      return run.device;
    case 'state':
      return stateLabel(run.state, trans);
    case 'note':
      return run.note;
    case 'size':
      return formatBytes(run.bytes);
    default: {
      const metric = column.slice('best:'.length);
      return Object.hasOwn(run.best, metric)
        ? formatValue(run.best[metric].value)
        : '';
    }
  }
}
