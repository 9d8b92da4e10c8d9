/** Runs that are kept, and a kernel that lists, changes and compares them. */
import type { IKeptCurves, IRunDifference, IRunSummary } from '../../../core';
import type { Kernel } from '../../training/__tests__/kernel';
import { summary as keptRun } from '../../training/__tests__/summary';

/** A run that is over. */
export function summary(
  id: string,
  more: Partial<IRunSummary> = {}
): IRunSummary {
  return keptRun(id, {
    started: 1_700_000_000,
    ended: 1_700_000_060,
    elapsed: 60,
    epoch: 3,
    epochs: 3,
    step: 30,
    best: { loss: { value: 0.5, epoch: 3 } },
    last: { loss: 0.5 },
    ...more
  });
}

/** The curves of a run of one epoch. */
export function curves(id: string): IKeptCurves {
  const series = (x: number, y: number) => ({ x: [x], y: [y] });
  return {
    id,
    curves: { batch: {}, epoch: { loss: series(1, 1) } },
    clock: {
      batch: series(10, 5),
      epoch: series(1, 5),
      ends: series(1, 10)
    },
    marks: []
  };
}

/** Nothing that differs, in models without layers. */
export const SAME: IRunDifference = {
  layers: [],
  plan: [],
  values: [],
  before: '',
  after: ''
};

/** Has a kernel keep runs, the latest first. */
export function keptRuns(kernel: Kernel, runs: readonly IRunSummary[]): void {
  let all = runs.map(run => ({ run, deleted: false }));
  const list = () => ({
    runs: all.filter(one => !one.deleted).map(({ run }) => run),
    deleted: all.filter(one => one.deleted).map(({ run }) => run),
    where: 'runs',
    others: []
  });
  Object.assign(kernel.answers, {
    runs: list,
    run_curves: ({ ids }) => ({ runs: ids.map(curves) }),
    run_change: ({ ids, deleted, ...change }) => {
      all = all.map(one =>
        ids.includes(one.run.id)
          ? {
              run: { ...one.run, ...change },
              deleted: deleted ?? one.deleted
            }
          : one
      );
      return list();
    },
    run_difference: () => SAME
  } satisfies Kernel['answers']);
}
