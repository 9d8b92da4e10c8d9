import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { KernelClient, trans } from '../core';
import type { WidgetModel } from './traits';
import { WidgetTransport } from './transport';

/** Says what to do where the kernel of a widget is gone. */
export const noKernel = (): string =>
  trans.__(
    'This widget is not connected to a kernel. Run the cell again to continue.'
  );

/** The way to the kernel, for as long as the widget's comm lives. */
export class Connection implements IDisposable {
  constructor(model: WidgetModel) {
    this._model = model;
    this._open();
  }

  /** The client; null while there is no kernel behind the widget. */
  get client(): KernelClient | null {
    return this._client;
  }

  /** Emits when there is another client, or none. */
  get changed(): ISignal<this, KernelClient | null> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Opens or closes the connection as the views tell whether the comm lives. */
  setLive(live: boolean): void {
    if (this._isDisposed || live === (this._client !== null)) {
      return;
    }
    if (live) {
      this._open();
    } else {
      this._client = null;
      this._transport?.close(noKernel());
    }
    this._changed.emit(this._client);
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._client?.dispose();
      Signal.clearData(this);
    }
  }

  private _open(): void {
    this._transport = new WidgetTransport(this._model);
    this._client = new KernelClient({ transport: this._transport });
  }

  private readonly _model: WidgetModel;
  private readonly _changed = new Signal<this, KernelClient | null>(this);
  private _transport: WidgetTransport | null = null;
  private _client: KernelClient | null = null;
  private _isDisposed = false;
}
