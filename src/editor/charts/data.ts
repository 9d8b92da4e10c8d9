/** From the curves of runs to charts: one for each metric, all runs over each other. */
import type { IDrawnRun, ISeries } from '../../core';

/** What a run adds to one chart. A curve that it does not have is empty. */
export interface ILine {
  run: IDrawnRun;
  /** The metric after each batch; `x` counts batches of the whole run. */
  batch: ISeries;
  /** The metric at the end of each epoch. */
  epoch: ISeries;
  /** The same on the validation data. */
  validation: ISeries;
}

/** What one chart draws: a line for each run that has the metric. */
export interface IChartData {
  metric: string;
  lines: ILine[];
}

const EMPTY: ISeries = { x: [], y: [] };
const VALIDATION = 'val_';

/** Charts of runs: `loss` first, then the other metrics in the order in which they came. */
export function chartData(runs: readonly IDrawnRun[]): IChartData[] {
  const charts = new Map<string, ILine[]>();
  for (const run of runs) {
    for (const [metric, line] of linesOf(run)) {
      charts.set(metric, [...(charts.get(metric) ?? []), line]);
    }
  }
  return [...charts]
    .map(([metric, lines]) => ({ metric, lines }))
    .sort((a, b) => Number(b.metric === 'loss') - Number(a.metric === 'loss'));
}

function linesOf(run: IDrawnRun): [string, ILine][] {
  const batch = new Map(Object.entries(run.curves.batch));
  const epoch = new Map(Object.entries(run.curves.epoch));
  const named = (name: string) => batch.has(name) || epoch.has(name);
  return [...new Set([...batch.keys(), ...epoch.keys()])]
    .filter(
      name =>
        !name.startsWith(VALIDATION) || !named(name.slice(VALIDATION.length))
    )
    .map(metric => [
      metric,
      {
        run,
        batch: batch.get(metric) ?? EMPTY,
        epoch: epoch.get(metric) ?? EMPTY,
        validation: epoch.get(VALIDATION + metric) ?? EMPTY
      }
    ]);
}

/** The newest value of a curve, or null while it has none. */
export function latest(series: ISeries): number | null {
  return series.y[series.y.length - 1] ?? null;
}

/** A metric as people read it: four significant digits. */
export function formatValue(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e5)
    ? value.toExponential(2)
    : String(Number(value.toPrecision(4)));
}
