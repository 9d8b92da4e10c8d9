import type { ICurves, IDrawnRun } from '../../../core';

/** A run of two batches an epoch, one batch a second, to be drawn. */
export function drawn(
  curves: ICurves,
  more: Partial<IDrawnRun> = {}
): IDrawnRun {
  return {
    id: 'a',
    name: 'first',
    color: 0,
    curves,
    clock: { ends: { x: [1], y: [2] }, seconds: { x: [1], y: [1] } },
    marks: [],
    step: 4,
    ...more
  };
}
