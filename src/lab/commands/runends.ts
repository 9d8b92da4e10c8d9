import type { IRunStatus } from '../../core';
import type { DocumentRun } from '../../core';

/** States that nobody waits to hear of are left out: who stops a run knows it. */
const ENDS = ['finished', 'failed', 'lost'];

/** Tells each time a run, which this page saw under way, ended or broke. */
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
      if (ENDS.includes(status.state)) {
        onEnd(status);
      }
    }
  });
}
