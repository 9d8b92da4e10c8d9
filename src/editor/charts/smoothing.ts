/** Exponential smoothing of a curve, as TensorBoard's slider does it. */
import type { ISeries } from '../../core';

/** The strongest smoothing: the slider ends there. */
export const MOST_SMOOTHING = 0.99;

const known = new WeakMap<ISeries, { weight: number; result: ISeries }>();

/**
 * A moving average in which a value counts `weight` times as much as the one after it. It is not drawn to zero at
 * the beginning, and a gap stays a gap.
 *
 * @param weight - From 0, which leaves the curve as it is, to `MOST_SMOOTHING`.
 */
export function smoothed(series: ISeries, weight: number): ISeries {
  if (weight === 0) {
    return series;
  }
  const last = known.get(series);
  if (last?.weight === weight) {
    return last.result;
  }
  const result = { x: series.x, y: average(series.y, weight) };
  known.set(series, { weight, result });
  return result;
}

function average(values: ISeries['y'], weight: number): ISeries['y'] {
  let [sum, total] = [0, 0];
  return values.map(value => {
    if (value === null) {
      return null;
    }
    sum = weight * sum + value;
    total = weight * total + 1;
    return sum / total;
  });
}
