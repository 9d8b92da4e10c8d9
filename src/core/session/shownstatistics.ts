import type { IMeasurement } from '../protocol';
import type { DocumentKernel } from './documentkernel';
import type { DocumentRun } from './documentrun';
import { FollowingStore } from './followingstore';

/** What was measured of the layers while the model trained. */
export interface IShownStatistics {
  /** Whether cards show it. Nothing is asked of the kernel while they do not. */
  isShown: boolean;
  measured: IMeasurement | null;
}

/** Milliseconds between two questions, at least. */
const PAUSE = 1000;

/** Follows what is measured of the run that is shown, while cards show it. */
export class ShownStatistics extends FollowingStore<IShownStatistics> {
  constructor(
    private readonly _kernel: DocumentKernel,
    private readonly _run: DocumentRun
  ) {
    super({ isShown: false, measured: null });
    _run.changed.connect(this._follow, this);
  }

  /** Shows it on the cards, or no longer. */
  show(isShown: boolean): void {
    this.set({ isShown, measured: null });
    this._known = '';
    this._follow();
  }

  /** Asks where the run was measured once more; a run that was not measured yet shows nothing. */
  private _follow(): void {
    if (!this.value.isShown || this.timer !== undefined || this.isDisposed) {
      return;
    }
    const status = this._run.history?.status;
    const place =
      status?.measured === undefined ? '' : `${status.run} ${status.measured}`;
    if (place === this._known) {
      return;
    }
    this._known = place;
    if (status && place) {
      this.timer = setTimeout(() => {
        this.timer = undefined;
        this._follow();
      }, PAUSE);
      void this._ask(status.run, place);
    } else {
      this.set({ ...this.value, measured: null });
    }
  }

  private async _ask(run: string, place: string): Promise<void> {
    const kernel = this._kernel.client;
    let measured: IMeasurement | null = null;
    try {
      measured =
        (await kernel?.request('statistics', { run }))?.measured ?? null;
    } catch {
      return; // the run is gone, and another one will be measured
    }
    if (this.value.isShown && place === this._known && !this.isDisposed) {
      this.set({ ...this.value, measured });
    }
  }

  private _known = '';
}
