import type { DocumentRun, IRunStatus } from '../../core';

/** States that nobody waits to hear of are left out: who stops a run knows it. */
const ENDS = ['finished', 'failed', 'lost'];

/** Tells each time a run, which this page saw under way, ended or broke; of a sweep, only the last of its runs. */
export function watchEnds(
  run: DocumentRun,
  onEnd: (status: IRunStatus) => void
): void {
  let active: string | null = null;
  run.changed.connect(() => {
    const { history } = run;
    if (!history) {
      return;
    }
    const { status, isActive } = history;
    if (isActive) {
      active = status.run;
    } else if (active === status.run) {
      active = null;
      const { state, trial } = status;
      const isLast = !trial || trial.number === trial.trials;
      if (ENDS.includes(state) && isLast) {
        onEnd(status);
      }
    }
  });
}
