import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { RunHistory, RunTracker, asKerasError } from '../core';
import type { IKerasError, KernelClient } from '../core';
import { Connection } from './connection';
import type { WidgetModel } from './traits';

/** One `kerasviz.LiveCharts` on a page: the run that it shows. */
export class ChartsSession implements IDisposable {
  constructor(model: WidgetModel) {
    const saved = model.get('_run');
    this._saved = saved ? new RunHistory(saved) : null;
    this.connection = new Connection(model);
    this.connection.changed.connect((_, client) => {
      if (client) {
        void this._follow(client);
      } else {
        this.run?.lose();
        this._changed.emit();
      }
    });
  }

  readonly connection: Connection;

  /** The run; null before training begins. */
  get run(): RunHistory | null {
    return this._tracker?.run ?? this._saved;
  }

  /** Why the run could not be stopped, or null. */
  get failure(): IKerasError | null {
    return this._failure;
  }

  /** Emits when there is more of the run. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  async stop(): Promise<void> {
    try {
      if (this.run) {
        const { run } = this.run.status;
        await this.connection.client?.control('stop', { run });
      }
    } catch (reason) {
      this._failure = asKerasError(reason);
      this._changed.emit();
    }
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._tracker?.dispose();
      this.connection.dispose();
      Signal.clearData(this);
    }
  }

  private async _follow(client: KernelClient): Promise<void> {
    try {
      const { run, seq } = await client.request('hello', { document: '' });
      this._tracker?.dispose();
      this._tracker = new RunTracker(client, seq, run && new RunHistory(run));
      this._tracker.changed.connect(() => this._changed.emit());
      this._changed.emit();
    } catch (reason) {
      // The kernel went before it answered: what was saved is shown.
      console.warn(reason);
    }
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _saved: RunHistory | null;
  private _tracker: RunTracker | null = null;
  private _failure: IKerasError | null = null;
  private _isDisposed = false;
}
