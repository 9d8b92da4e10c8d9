import type { KernelClient } from '../kernel/kernelclient';
import type { IAt, IKeptEpoch } from '../protocol';
import type { DocumentKernel } from '../session/documentkernel';
import type { DocumentRun } from '../session/documentrun';
import type { DocumentRuns } from '../session/documentruns';
import { FollowingStore } from '../session/followingstore';

/** The moment whose weights are shown, and those that can be chosen. */
export interface IShownMoment {
  /** Null for the model as it is now. */
  at: IAt | null;
  /** Id of the run whose epochs can be chosen; null where there is none. */
  run: string | null;
  /** Those of that run that are kept, in order. */
  epochs: readonly IKeptEpoch[];
  /** Whether one epoch after the other is shown. */
  isPlaying: boolean;
}

/** Milliseconds that an epoch is shown for while they are played: time enough to see what moves. */
const PACE = 600;

const NOTHING: IShownMoment = {
  at: null,
  run: null,
  epochs: [],
  isPlaying: false
};

/** Which epoch of which run is looked at: pictures, predictions, statistics and results are of its weights. */
export class ShownMoment extends FollowingStore<IShownMoment> {
  constructor(
    private readonly _kernel: DocumentKernel,
    private readonly _run: DocumentRun,
    private readonly _runs: DocumentRuns
  ) {
    super(NOTHING);
    _run.changed.connect(this._follow, this);
    _runs.changed.connect(this._follow, this);
    _kernel.attached.connect(this._onAttached, this);
  }

  /**
   * Keeps the list of epochs up to date.
   *
   * @returns Ends it.
   */
  watch(): () => void {
    this._watching++;
    void this._begin();
    return () => {
      this._watching--;
    };
  }

  /** The place of what is shown among the epochs; behind them is the model as it is now. */
  get place(): number {
    const { at, epochs } = this.value;
    const found = at && epochs.findIndex(({ epoch }) => epoch === at.epoch);
    return found === null || found < 0 ? epochs.length : found;
  }

  /** Shows what is at a place. */
  show(place: number): void {
    const { run, epochs } = this.value;
    const kept = epochs[Math.max(0, place)];
    const at = kept && run !== null ? { run, epoch: kept.epoch } : null;
    this._set({ at });
  }

  /** Shows the model as it is now. */
  showNow(): void {
    this.pause();
    this._set({ at: null });
  }

  /** Shows the epoch before, or another one so many places away. */
  step(places: number): void {
    this.show(Math.min(this.place + places, this.value.epochs.length));
  }

  /** Offers the epochs of another run, of which the last is shown. */
  async chooseRun(run: string): Promise<void> {
    await this.showNear(run, Infinity);
  }

  /** Shows the epoch of a run that is nearest to one, of those that are kept. */
  async showNear(run: string, epoch: number): Promise<void> {
    this.pause();
    if (run !== this.value.run) {
      this._chosen = run;
      await this._ask(run);
    }
    if (run === this.value.run) {
      this.show(nearest(this.value.epochs, epoch));
    }
  }

  /** Shows one epoch after the other, from the first one where the last is shown. */
  play(): void {
    if (this.place >= this.value.epochs.length - 1) {
      this.show(0);
    }
    this._set({ isPlaying: true });
    this._wait();
  }

  /** Stays where it is. */
  pause(): void {
    clearTimeout(this.timer);
    this._set({ isPlaying: false });
  }

  private _wait(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.step(1);
      if (this.place < this.value.epochs.length - 1) {
        this._wait();
      } else {
        this.pause();
      }
    }, PACE);
  }

  private async _begin(): Promise<void> {
    if (this._kernel.client && this._runs.list === null) {
      await this._runs.follow();
    }
    this._follow();
  }

  /** Asks what is kept of the run that is shown whenever that may be something else. */
  private _follow(): void {
    const list = this._runs.list?.runs.filter(({ origin }) => !origin);
    if (this._watching === 0 || !list || !this._kernel.client) {
      return;
    }
    const status = this._run.history?.status;
    const wanted = this.value.at?.run ?? this._chosen;
    const found =
      list.find(({ id }) => id === wanted) ??
      list.find(({ run }) => run === status?.run) ??
      list[0];
    const place = found && status?.run === found.run ? status : found;
    const about = found
      ? `${found.id} ${place?.epoch} ${place?.state} ${found.bytes}`
      : '';
    if (about !== this._about) {
      this._about = about;
      void this._ask(found?.id ?? null);
    }
  }

  private async _ask(run: string | null): Promise<void> {
    const asked = ++this._asked;
    let epochs: readonly IKeptEpoch[] = [];
    try {
      const id = run ?? '';
      const answer =
        run && (await this._kernel.client?.request('kept_epochs', { id }));
      epochs = answer ? answer.epochs : [];
    } catch {
      // The run is gone, and with it what was kept.
    }
    if (asked !== this._asked || this.isDisposed) {
      return;
    }
    const { at } = this.value;
    this._set({ run, epochs, at: at?.run === run ? at : null });
    if (at && at.run === run) {
      // Another epoch may have been given up for newer ones.
      this.show(nearest(epochs, at.epoch ?? Infinity));
    }
  }

  private _set(change: Partial<IShownMoment>): void {
    const { at } = this.value;
    const next = { ...this.value, ...change };
    const isSame = next.at?.run === at?.run && next.at?.epoch === at?.epoch;
    next.at = isSame ? at : next.at;
    const keys = Object.keys(next) as (keyof IShownMoment)[];
    if (keys.some(key => next[key] !== this.value[key])) {
      this.set(next);
    }
  }

  /** Another kernel may find the runs of the document, but none of a cell without a file. */
  private _onAttached(_: DocumentKernel, client: KernelClient | null): void {
    this._about = null;
    this.pause();
    if (client && this._watching > 0) {
      void this._begin();
    }
  }

  private _watching = 0;
  private _asked = 0;
  private _chosen: string | null = null;
  private _about: string | null = null;
}

/** The place of the epoch that is nearest to one; the end of the run is behind all. */
function nearest(epochs: readonly IKeptEpoch[], epoch: number): number {
  const away = epochs.map(kept => Math.abs((kept.epoch ?? Infinity) - epoch));
  return epoch === Infinity
    ? epochs.length - 1
    : away.indexOf(Math.min(...away));
}
