/** Follows the runs of one kernel session. */
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { KernelClient, KernelEvent } from '../kernel/kernelclient';
import type { IEvents, IRunJSON } from '../protocol';
import { RunHistory } from './runhistory';

/** Takes the events of a session in order, none twice, and asks for the history where some are missing. */
export class RunTracker implements IDisposable {
  /**
   * @param _seq - The number of the last event that `run` holds.
   */
  constructor(
    private readonly _kernel: KernelClient,
    private _seq: number,
    run: RunHistory | null
  ) {
    this._run = run;
    _kernel.event.connect(this._onEvent, this);
  }

  /** The last run. */
  get run(): RunHistory | null {
    return this._run;
  }

  /** Emits when the run has news. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emits the events that are not about a run. */
  get told(): ISignal<this, KernelEvent> {
    return this._told;
  }

  /** Emits when events were lost, whatever they told. */
  get missed(): ISignal<this, void> {
    return this._missed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.clearData(this);
    }
  }

  /**
   * Takes a whole run over that came another way, and continues with the events that follow it.
   *
   * @param seq - The number of the last event that `run` holds; nothing happens where more is known.
   */
  adopt(run: IRunJSON | null, seq: number): void {
    if (seq > this._seq && !this._isDisposed) {
      this._seq = seq;
      this._run = run && new RunHistory(run);
      this._isRepairing = false;
      this._changed.emit();
      this._waiting
        .splice(0)
        .forEach(event => this._onEvent(this._kernel, event));
    }
  }

  private _onEvent(_: KernelClient, event: KernelEvent): void {
    if (this._isRepairing || event.seq > this._seq + 1) {
      this._waiting.push(event);
      void this._repair();
    } else if (event.seq === this._seq + 1) {
      this._take(event);
    }
  }

  private _take(event: KernelEvent): void {
    this._seq = event.seq;
    if (event.event === 'run') {
      this._takeRun(event.payload);
    } else {
      this._told.emit(event);
    }
  }

  private _takeRun(payload: IEvents['run']): void {
    if (this._run?.status.run === payload.status.run) {
      this._run.apply(payload);
    } else {
      this._run = new RunHistory(payload);
    }
    this._changed.emit();
  }

  /** Gets the whole run, then continues with the events that came meanwhile. */
  private async _repair(): Promise<void> {
    if (this._isRepairing) {
      return;
    }
    this._isRepairing = true;
    this._missed.emit();
    const run = this._runInQuestion();
    try {
      if (run !== undefined) {
        const history = await this._kernel.request('history', { run });
        this.adopt(history, history.seq);
      }
    } catch {
      // The kernel has another run by now, or is gone: the events that wait tell of the one, `closed` of the other.
    }
    this._isRepairing = false;
    for (const event of this._waiting.splice(0)) {
      if (event.seq > this._seq && !this._isDisposed) {
        this._take(event);
      }
    }
  }

  /** The run that the missing events may be about. */
  private _runInQuestion(): string | undefined {
    const event = this._waiting.find(({ event }) => event === 'run');
    return event?.event === 'run'
      ? event.payload.status.run
      : this._run?.status.run;
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _told = new Signal<this, KernelEvent>(this);
  private readonly _missed = new Signal<this, void>(this);
  private readonly _waiting: KernelEvent[] = [];
  private _run: RunHistory | null;
  private _isRepairing = false;
  private _isDisposed = false;
}
