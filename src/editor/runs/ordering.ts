/** The rows of the table of runs: which are shown, and in what order. */
import type { IRunSummary } from '../../core';

/** What the table can be sorted by; `best:loss` is the best value of a metric. */
export type RunColumn =
  | 'name'
  | 'changes'
  | 'started'
  | 'duration'
  | 'device'
  | 'state'
  | 'note'
  | `best:${string}`;

/** The column that the table is sorted by, and which way. */
export interface IRunOrder {
  column: RunColumn;
  descending: boolean;
}

/** Columns for metrics; more would push the rest out of sight. */
const MOST_METRICS = 4;

const TEXTS: readonly RunColumn[] = ['name', 'changes', 'device', 'note'];

/** The order after a click on a column: times begin with the latest; the third click gives the order of time. */
export function nextRunOrder(
  order: IRunOrder | null,
  column: RunColumn
): IRunOrder | null {
  const first = column === 'started' || column === 'duration';
  if (order?.column !== column) {
    return { column, descending: first };
  }
  return order.descending === first ? { column, descending: !first } : null;
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
  order: IRunOrder | null,
  textOf: (run: IRunSummary, column: RunColumn) => string
): IRunSummary[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = runs.filter(run => {
    const text = ['name', 'changes', 'device', 'state', 'note']
      .map(column => textOf(run, column as RunColumn))
      .join('\n')
      .toLowerCase();
    return wanted.every(word => text.includes(word));
  });
  if (!order) {
    return matching;
  }
  const { column, descending } = order;
  return matching.sort((a, b) => {
    const [x, y] = [a, b].map(run => key(run, column, textOf));
    if (x === null || y === null) {
      return Number(x === null) - Number(y === null);
    }
    const difference =
      typeof x === 'string' || typeof y === 'string'
        ? String(x).localeCompare(String(y), undefined, { numeric: true })
        : x - y;
    return descending ? -difference : difference;
  });
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
  if (column === 'duration') {
    return run.elapsed;
  }
  const text = textOf(run, column);
  return text === '' && TEXTS.includes(column) ? null : text;
}
