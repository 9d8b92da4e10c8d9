/** What curves are drawn along: batches, epochs or time. */
import type { IRunClock, ISeries } from '../../core';

/** What the horizontal axis counts. */
export type Axis = 'epoch' | 'step' | 'time';

/** What `x` of a series counts. */
export type Count = 'batch' | 'epoch';

/**
 * Where the points of a series are along an axis.
 *
 * @returns Null where the clock does not tell.
 */
export function positions(
  { x }: ISeries,
  counted: Count,
  axis: Axis,
  clock: IRunClock
): number[] | null {
  if (axis === 'epoch') {
    return counted === 'epoch' ? x : along(x, turned(clock.ends));
  }
  const steps = counted === 'batch' ? x : along(x, clock.ends);
  return axis === 'step' || steps === null
    ? steps
    : along(steps, clock.seconds);
}

/** The epoch in which a run was somewhere along an axis; null where the clock does not tell. */
export function epochAt(
  place: number,
  axis: Axis,
  { ends, seconds }: IRunClock
): number | null {
  if (axis === 'epoch') {
    return place;
  }
  const step = axis === 'step' ? place : along([place], turned(seconds))?.at(0);
  return (
    (step === undefined ? null : along([step], turned(ends))?.at(0)) ?? null
  );
}

/**
 * What a line from the origin through points has at each `x`; behind the last point it goes on as it came.
 *
 * @param xs - Ascending.
 * @param line - Ascending in `x`.
 */
function along(xs: number[], line: ISeries): number[] | null {
  const points = line.x.flatMap((x, i): [number, number][] => {
    const y = line.y[i];
    return y === null || x <= 0 ? [] : [[x, y]];
  });
  if (points.length === 0) {
    return xs.length === 0 ? xs : null;
  }
  let at = 0;
  return xs.map(x => {
    while (at < points.length - 1 && points[at][0] < x) {
      at++;
    }
    const [x1, y1] = points[at];
    const [x0, y0] = points[at - 1] ?? [0, 0];
    return y0 + ((x - x0) * (y1 - y0)) / (x1 - x0 || 1);
  });
}

function turned({ x, y }: ISeries): ISeries {
  return { x: y.map(Number), y: x };
}
