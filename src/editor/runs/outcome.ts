/** What came of a sweep: its best trial, and those that failed. */
import type { IRunSummary } from '../../core';

/** The trial that did best by what the sweep compares; null where none has worked yet. */
export function bestTrial(trials: readonly IRunSummary[]): IRunSummary | null {
  const { judged } = trials.find(one => one.judged !== null) ?? {};
  if (!judged) {
    return null;
  }
  const value = (one: IRunSummary) => one.best[judged.metric]?.value;
  const measured = trials.filter(
    one => one.state !== 'failed' && value(one) !== undefined
  );
  const sign = judged.better === 'up' ? -1 : 1;
  return measured.reduce<IRunSummary | null>(
    (best, one) =>
      best === null || sign * (value(one) - value(best)) < 0 ? one : best,
    null
  );
}

export function failedTrials(
  trials: readonly IRunSummary[]
): readonly IRunSummary[] {
  return trials.filter(({ state }) => state === 'failed');
}
