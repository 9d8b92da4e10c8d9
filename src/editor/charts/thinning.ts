/** Fewer points for the screen: what a chart draws is bounded, however many runs lie over each other. */
import type { ISeries } from '../../core';

const known = new WeakMap<ISeries, Map<number, ISeries>>();

/**
 * A series of not more than `most` points, with the first, the last, and the least and the greatest between.
 *
 * @param most - At least 4.
 */
export function thinned(series: ISeries, most: number): ISeries {
  if (series.x.length <= most) {
    return series;
  }
  const results = known.get(series) ?? new Map<number, ISeries>();
  known.set(series, results);
  const result = results.get(most) ?? extremes(series, most);
  results.set(most, result);
  return result;
}

function extremes({ x, y }: ISeries, most: number): ISeries {
  const last = x.length - 1;
  const parts = Math.floor(most / 2) - 1;
  const kept = [0];
  for (let part = 0; part < parts; part++) {
    const begin = 1 + Math.floor((part * (last - 1)) / parts);
    const end = 1 + Math.floor(((part + 1) * (last - 1)) / parts);
    kept.push(...leastAndGreatest(y, begin, end));
  }
  kept.push(last);
  return { x: kept.map(i => x[i]), y: kept.map(i => y[i]) };
}

/** Where they are from `begin` to before `end`, in order; a part of gaps is one gap. */
function leastAndGreatest(
  y: ISeries['y'],
  begin: number,
  end: number
): number[] {
  let [least, greatest] = [-1, -1];
  for (let i = begin; i < end; i++) {
    const value = y[i];
    if (value === null) {
      continue;
    }
    if (least < 0 || value < y[least]!) {
      least = i;
    }
    if (greatest < 0 || value > y[greatest]!) {
      greatest = i;
    }
  }
  if (least < 0) {
    return begin < end ? [begin] : [];
  }
  return least === greatest
    ? [least]
    : [Math.min(least, greatest), Math.max(least, greatest)];
}
