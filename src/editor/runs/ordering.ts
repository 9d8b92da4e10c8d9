/** The rows of the table of runs: which are shown, and in what order. */
import type { IRunSummary } from '../../core';
import { inOrder, type IOrder } from '../sorting/rowsorting';

/** What the table can be sorted by; `best:loss` is the best value of a metric. */
export type RunColumn =
  | 'name'
  | 'changes'
  | 'started'
  | 'duration'
  | 'device'
  | 'state'
  | 'note'
  | 'size'
  | `best:${string}`;

/** Columns for metrics; more would push the rest out of sight. */
const MOST_METRICS = 4;

const TEXTS: readonly RunColumn[] = ['name', 'changes', 'device', 'note'];

/** Whether a click on a column shows the largest first: of times the latest. */
export function runsDescend(column: RunColumn): boolean {
  return ['started', 'duration', 'size'].includes(column);
}

/** Metrics to show the best values of: those of the validation where there are any, the loss first. */
export function metricsOf(runs: readonly IRunSummary[]): string[] {
  const all = [...new Set(runs.flatMap(({ best }) => Object.keys(best)))];
  const validation = all.filter(name => name.startsWith('val_'));
  const rank = (name: string) => Number(!/^(val_)?loss$/.test(name));
  return (validation.length > 0 ? validation : all)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST_METRICS);
}

/**
 * The runs to list.
 *
 * @param words - The filter: each must stand somewhere in what the row says.
 * @param textOf - What a row says in a column.
 */
export function listed(
  runs: readonly IRunSummary[],
  words: string,
  order: IOrder<RunColumn> | null,
  textOf: (run: IRunSummary, column: RunColumn) => string
): readonly IRunSummary[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = runs.filter(run => {
    const text = ['name', 'changes', 'device', 'state', 'note']
      .map(column => textOf(run, column as RunColumn))
      .join('\n')
      .toLowerCase();
    return wanted.every(word => text.includes(word));
  });
  return inOrder(matching, order, (run, column) => key(run, column, textOf));
}

/** What a run is sorted by; null stands last. */
function key(
  run: IRunSummary,
  column: RunColumn,
  textOf: (run: IRunSummary, column: RunColumn) => string
): string | number | null {
  if (column.startsWith('best:')) {
    const metric = column.slice('best:'.length);
    return Object.hasOwn(run.best, metric) ? run.best[metric].value : null;
  }
  if (column === 'started') {
    return run.started;
  }
  if (column === 'size') {
    return run.bytes;
  }
  if (column === 'duration') {
    return run.elapsed;
  }
  const text = textOf(run, column);
  return text === '' && TEXTS.includes(column) ? null : text;
}
