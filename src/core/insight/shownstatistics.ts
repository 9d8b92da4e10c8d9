import type { IAt, IMeasurement, IRequests } from '../protocol';
import type { DocumentKernel } from '../session/documentkernel';
import type { DocumentRun } from '../session/documentrun';
import { FollowingStore } from '../session/followingstore';
import type { ShownMoment } from './shownmoment';

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
    private readonly _run: DocumentRun,
    private readonly _moment: ShownMoment
  ) {
    super({ isShown: false, measured: null });
    _moment.changed.connect(this._onMoment, this);
    _run.changed.connect(this._follow, this);
  }

  /** Shows it on the cards, or no longer. */
  show(isShown: boolean): void {
    this.set({ isShown, measured: null });
    this._known = '';
    this._follow();
  }

  /** Another epoch is shown, at once. */
  private _onMoment(): void {
    const { at } = this._moment.value;
    if (at !== this._at) {
      this._at = at;
      clearTimeout(this.timer);
      this.timer = undefined;
      this._follow();
    }
  }

  /** Asks where the run was measured once more; a run that was not measured yet shows nothing. */
  private _follow(): void {
    if (!this.value.isShown || this.timer !== undefined || this.isDisposed) {
      return;
    }
    const status = this._run.history?.status;
    const at = this._at;
    const latest =
      status?.measured === undefined ? '' : `${status.run} ${status.measured}`;
    const place = at ? `${at.run}/${at.epoch}` : latest;
    if (place === this._known) {
      return;
    }
    this._known = place;
    if (place) {
      this.timer = setTimeout(() => {
        this.timer = undefined;
        this._follow();
      }, PAUSE);
      void this._ask(at ? { at } : { run: status?.run }, place);
    } else {
      this.set({ ...this.value, measured: null });
    }
  }

  private async _ask(
    of: IRequests['statistics']['payload'],
    place: string
  ): Promise<void> {
    const kernel = this._kernel.client;
    let measured: IMeasurement | null = null;
    try {
      measured = (await kernel?.request('statistics', of))?.measured ?? null;
    } catch {
      return; // the run is gone, and another one will be measured
    }
    if (this.value.isShown && place === this._known && !this.isDisposed) {
      this.set({ ...this.value, measured });
    }
  }

  private _known = '';
  private _at: IAt | null = null;
}
