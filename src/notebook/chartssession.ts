import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { RunTracker, asKerasError } from '../core';
import type { IKerasError, KernelClient, RunHistory } from '../core';
import { Connection } from './connection';
import type { WidgetModel } from './traits';

/**
 * One `kerasviz.LiveCharts` on a page: the run that it shows.
 *
 * The kernel answers no `hello` while it is busy with the cell that trains. Till then events come all the same,
 * and a page that missed some starts from the run in the widget's trait.
 */
export class ChartsSession implements IDisposable {
  constructor(model: WidgetModel) {
    this._model = model;
    this.connection = new Connection(model);
    this._tracker = this._follow(this.connection.client!);
    this.connection.changed.connect((_, client) => {
      if (client) {
        this._tracker.dispose();
        this._tracker = this._follow(client);
      } else {
        this.run?.lose();
      }
      this._changed.emit();
    });
    model.on('change:_run', this._adopt);
  }

  readonly connection: Connection;

  /** The run; null before training begins. */
  get run(): RunHistory | null {
    return this._tracker.run;
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
        await this.connection.client?.control({ run, action: 'stop' });
      }
    } catch (reason) {
      this._failure = asKerasError(reason);
      this._changed.emit();
    }
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._model.off('change:_run', this._adopt);
      this._tracker.dispose();
      this.connection.dispose();
      Signal.clearData(this);
    }
  }

  private _follow(client: KernelClient): RunTracker {
    const tracker = new RunTracker(client, 0, null);
    const saved = this._model.get('_run');
    if (saved) {
      tracker.adopt(saved, saved.seq);
    }
    tracker.changed.connect(() => this._changed.emit());
    client.request('hello', { document: '' }).then(
      ({ run, seq }) => tracker.adopt(run, seq),
      // The kernel went before it answered: the trait has what there is to show.
      () => undefined
    );
    return tracker;
  }

  private readonly _adopt = () => {
    const saved = this._model.get('_run');
    if (saved) {
      this._tracker.adopt(saved, saved.seq);
    }
  };

  private readonly _model: WidgetModel;
  private readonly _changed = new Signal<this, void>(this);
  private _tracker: RunTracker;
  private _failure: IKerasError | null = null;
  private _isDisposed = false;
}
