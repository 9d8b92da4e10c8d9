import { Signal, type ISignal } from '@lumino/signaling';
import type { KernelClient } from '../kernel/kernelclient';
import type { KernelLink } from './kernellink';
import type {
  IAdjustable,
  IBackup,
  IKerasError,
  TrainStart
} from '../protocol';
import {
  type IBeginning,
  type INameQuestion,
  RunControl
} from '../runs/runcontrol';
import type { RunHistory } from '../runs/runhistory';
import type { DocumentKernel } from './documentkernel';
import type { IStore } from './store';

/** The last run of a document, and the buttons that start and control one. */
export class DocumentRun implements IStore {
  /**
   * @param _kernel - Where it trains.
   * @param ready - Starts a kernel where it can, and gives it with the model; throws a `KernelError` where there is none.
   * @param _drawn - What would be trained now, as text.
   */
  constructor(
    private readonly _kernel: DocumentKernel,
    ready: () => Promise<{ kernel: KernelClient; document: string }>,
    private readonly _drawn: () => string | null
  ) {
    this._control = new RunControl({
      ready: () => {
        const started = ready();
        return started.finally(() => (this._begunWith = this._drawn()));
      },
      running: () =>
        this._history && _kernel.client
          ? { kernel: _kernel.client, run: this._history.status.run }
          : null,
      onChange: () => this._changed.emit()
    });
    _kernel.runTold.connect(this._onTold, this);
    _kernel.attached.connect(this._onAttached, this);
    _kernel.changed.connect(this._onKernelChanged, this);
  }

  /** Status and curves; null before the first run. */
  get history(): RunHistory | null {
    return this._history;
  }

  /** Why the last attempt to train, or to control a run, failed. */
  get error(): IKerasError | null {
    return this._control.error;
  }

  /**
   * Whether what is drawn and planned is still what the last attempt, or the last run, was begun with. Of a run
   * that another page began, or this one before it was loaded again, nobody here knows it.
   */
  get isOfDrawing(): boolean {
    const known =
      this.error !== null || this._history?.status.run === this._control.begun;
    return known && this._begunWith === this._drawn();
  }

  /** Asked before the variable of the trained model is set; null while there is nothing to ask. */
  get question(): INameQuestion | null {
    return this._control.question;
  }

  /** What a kernel that died has left of the last run. */
  get backup(): IBackup | null {
    return this._kernel.link?.backup ?? null;
  }

  /** Emits when something of the run is another. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /**
   * Starts a kernel where it can.
   *
   * @param how - The variable that the user lets the trained model replace, and where the run holds at first.
   */
  train(start: TrainStart, how?: IBeginning): Promise<void> {
    return this._control.train(start, how);
  }

  /** Does one batch, or the rest of an epoch, and holds: of the run that is under way, or of a new one. */
  step(until: 'batch' | 'epoch'): Promise<void> {
    return this._history?.isActive
      ? this._control.steer({ action: `one_${until}` })
      : this.train('trained', { until });
  }

  /** Tries the values that the document lists, each in a run of its own; or goes on where the last sweep ended. */
  sweep(goOn = false): Promise<void> {
    return this._control.sweep(goOn);
  }

  /** Ends the sweep, and the trial that trains. */
  async endSweep(): Promise<void> {
    await this._kernel.client?.request('end_sweep', {});
  }

  /** Takes the question back: nothing is trained. */
  cancel(): void {
    this._control.cancel();
  }

  stop(): Promise<void> {
    return this._control.steer({ action: 'stop' });
  }

  /** Ends the process that trains, where a stop does not: what it has trained since its last epoch is lost. */
  end(): Promise<void> {
    return this._control.steer({ action: 'end' });
  }

  pause(): Promise<void> {
    return this._control.steer({ action: 'pause' });
  }

  resume(): Promise<void> {
    return this._control.steer({ action: 'resume' });
  }

  /** Trains with another value of a number, such as the learning rate, from the next batch on. */
  change(what: string, value: number): Promise<void> {
    return this._control.steer({ action: 'change', what, value });
  }

  /** The numbers that can be changed while it trains; none where it does not, or nobody can tell. */
  async adjustable(): Promise<IAdjustable[]> {
    const { client } = this._kernel;
    const run = this._history?.status.run;
    if (!client || run === undefined) {
      return [];
    }
    return client.request('adjustable', { run }).then(
      ({ values }) => values,
      () => []
    );
  }

  private _onTold(_: DocumentKernel, { run }: KernelLink): void {
    if (run) {
      this._history = run;
    } else {
      // The curves of a run stay, though the kernel has forgotten it.
      this._history?.lose();
    }
    this._changed.emit();
  }

  private _onAttached(_: DocumentKernel, client: KernelClient | null): void {
    this._control.cancel();
    if (!client) {
      this._history?.lose();
    }
  }

  /** A backup is told of by the kernel's `hello`. */
  private _onKernelChanged(): void {
    this._changed.emit();
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _control: RunControl;
  private _history: RunHistory | null = null;
  private _begunWith: string | null = null;
}
