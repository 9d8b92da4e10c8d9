import type { ICurves, IEvents, IRun, IRunStatus } from './protocol';

/** The status and the curves of one run. */
export class RunHistory {
  constructor(run: IRun) {
    throw new Error(String(run));
  }
  get status(): IRunStatus {
    throw new Error();
  }
  get curves(): ICurves {
    throw new Error();
  }
  /** Takes an event of this run in. */
  apply(event: IEvents['run']): void {
    throw new Error(String(event));
  }
}
