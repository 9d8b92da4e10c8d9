/** From the curves of a run to charts: one for each metric, training and validation together. */
import type { ICurves, ISeries } from '../../core';

/** What one chart draws. A curve that the run does not have is empty. */
export interface IChartData {
  metric: string;
  /** The metric after each batch; `x` counts batches of the whole run. */
  batch: ISeries;
  /** The metric at the end of each epoch. */
  epoch: ISeries;
  /** The same on the validation data. */
  validation: ISeries;
}

const EMPTY: ISeries = { x: [], y: [] };
const VALIDATION = 'val_';

/** Charts of a run: `loss` first, then the other metrics in the order in which they came. */
export function chartData(curves: ICurves): IChartData[] {
  const batch = new Map(Object.entries(curves.batch));
  const epoch = new Map(Object.entries(curves.epoch));
  const named = (name: string) => batch.has(name) || epoch.has(name);
  const metrics = [...new Set([...batch.keys(), ...epoch.keys()])].filter(
    name =>
      !name.startsWith(VALIDATION) || !named(name.slice(VALIDATION.length))
  );
  return metrics
    .sort((a, b) => Number(b === 'loss') - Number(a === 'loss'))
    .map(metric => ({
      metric,
      batch: batch.get(metric) ?? EMPTY,
      epoch: epoch.get(metric) ?? EMPTY,
      validation: epoch.get(VALIDATION + metric) ?? EMPTY
    }));
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
