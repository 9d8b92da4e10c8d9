import type { KerasDocument } from '../document/kerasdocument';
import type { IFitLimits } from '../protocol';
import { planOf } from '../runs/plan';
import type { DataLook } from './datalook';
import type { DocumentKernel } from './documentkernel';
import type { DocumentRun } from './documentrun';
import { FollowingStore } from './followingstore';

/** Milliseconds without a change after which the kernel is asked. */
const PAUSE = 300;
const NONE: IFitLimits = { unused: {}, needed: {}, split: null };

/**
 * What the data that is chosen does not allow of `fit`, and what `fit` needs for it, as the kernel knows it without
 * reading the data; nothing while nobody knows.
 */
export class FitLimits extends FollowingStore<IFitLimits> {
  /**
   * @param _ask - Asks the kernel about the document as it stands; rejects with a `KernelError`.
   */
  constructor(
    private readonly _document: KerasDocument,
    private readonly _kernel: DocumentKernel,
    private readonly _look: DataLook,
    private readonly _run: DocumentRun,
    private readonly _ask: () => Promise<IFitLimits>
  ) {
    super(NONE);
    _document.changed.connect(this._follow, this);
    _kernel.changed.connect(this._follow, this);
    _look.changed.connect(this._follow, this);
    _run.changed.connect(this._follow, this);
    _kernel.cellTold.connect(this.refresh, this); // a cell may make other batches of the same name
  }

  /** Asks again. */
  refresh(): void {
    clearTimeout(this.timer);
    this._asked++;
    const { model } = this._document;
    const { client, status } = this._kernel;
    const canAnswer = client !== null && status.state === 'ready';
    if (!canAnswer || !model || !planOf(model).data) {
      this.set(NONE);
      return;
    }
    const asked = this._asked;
    this.timer = setTimeout(() => {
      void this._ask()
        .catch(() => NONE)
        .then(limits => {
          if (asked === this._asked && !this.isDisposed) {
            this.set(limits);
          }
        });
    }, PAUSE);
  }

  /** Follows what the answer depends on: the plan, the kernel, and whether its data was read since. */
  private _follow(): void {
    const { model } = this._document;
    const run = this._run.history;
    const about = [
      model?.kerasviz?.training,
      this._kernel.client,
      this._kernel.status.state,
      this._look.value.preview,
      run?.isActive ? null : run?.status.run
    ];
    if (about.some((part, index) => part !== this._about[index])) {
      this._about = about;
      this.refresh();
    }
  }

  private _about: readonly unknown[] = [];
  private _asked = 0;
}
