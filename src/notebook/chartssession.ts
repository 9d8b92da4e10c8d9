import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { RunHistory } from '../core';
import type { IRun, KernelClient, KernelEvent } from '../core';
import { isActive } from '../editor/training';
import { Connection } from './connection';
import type { WidgetModel } from './traits';

/** One `kerasviz.LiveCharts` on a page: the run that it shows. */
export class ChartsSession implements IDisposable {
  constructor(model: WidgetModel) {
    const saved = model.get('_run');
    this._run = saved ? new RunHistory(saved) : null;
    this.connection = new Connection(model);
    this.connection.changed.connect((_, client) => {
      if (client) {
        client.event.connect(this._onEvent, this);
        client.closed.connect(this._onClosed, this);
        void this._load(client);
      }
    });
  }

  readonly connection: Connection;

  /** The run; null before training begins. */
  get run(): RunHistory | null {
    return this._run;
  }

  /** Emits when there is more of the run. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  stop(): void {
    if (this._run) {
      const { run } = this._run.status;
      void this.connection.client?.control('stop', { run });
    }
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this.connection.dispose();
      Signal.clearData(this);
    }
  }

  /** Takes the whole run over: at first, and again when an event was lost. */
  private async _load(client: KernelClient): Promise<void> {
    this._seq = null;
    const { run, seq } = await client.request('hello', { document: '' });
    this._seq = seq;
    this._show(run);
  }

  private _onEvent(client: KernelClient, event: KernelEvent): void {
    if (this._seq === null || event.seq <= this._seq) {
      return;
    }
    if (event.seq > this._seq + 1) {
      void this._load(client);
      return;
    }
    this._seq = event.seq;
    if (event.event !== 'run') {
      return;
    }
    if (this._run?.status.run === event.payload.status.run) {
      this._run.apply(event.payload);
      this._changed.emit();
    } else {
      this._show(event.payload);
    }
  }

  /** A run that nobody can follow any more is lost. */
  private _onClosed(): void {
    if (this._run) {
      const { status, curves } = this._run;
      if (isActive(status.state)) {
        this._show({ status: { ...status, state: 'lost' }, curves });
      }
    }
  }

  private _show(run: IRun | null): void {
    this._run = run && new RunHistory(run);
    this._changed.emit();
  }

  private readonly _changed = new Signal<this, void>(this);
  private _run: RunHistory | null;
  /** The last event that the run holds; null while the kernel is asked for all of it. */
  private _seq: number | null = null;
  private _isDisposed = false;
}
