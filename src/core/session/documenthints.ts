import type { IHint } from '../protocol';
import type { DocumentKernel } from './documentkernel';
import type { DocumentRun } from './documentrun';
import { FollowingStore } from './followingstore';

/** What there is to say about the last run; null while it trains, and where nobody knows. */
export class DocumentHints extends FollowingStore<readonly IHint[] | null> {
  constructor(
    private readonly _kernel: DocumentKernel,
    private readonly _run: DocumentRun
  ) {
    super(null);
    _run.changed.connect(this._follow, this);
  }

  /** A run that has ended is asked about once. */
  private _follow(): void {
    const { history } = this._run;
    const run = history && !history.isActive ? history.status.run : null;
    if (run === this._about) {
      return;
    }
    this._about = run;
    this.set(null);
    if (run !== null) {
      void this._ask(run);
    }
  }

  private async _ask(run: string): Promise<void> {
    const told = await this._kernel.client
      ?.request('hints', {})
      .catch(() => null); // a kernel that is gone knows nothing more of it
    if (!this.isDisposed && run === this._about && told?.run === run) {
      this.set(told.hints);
    }
  }

  private _about: string | null = null;
}
