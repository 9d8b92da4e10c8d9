import type { JSONObject } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { ITransport } from '../core';
import type { WidgetModel } from './traits';

/** Carries messages over the widget's own comm. */
export class WidgetTransport implements ITransport {
  constructor(model: WidgetModel) {
    this._model = model;
    model.on('msg:custom', this._onMessage);
  }

  get received(): ISignal<this, JSONObject> {
    return this._received;
  }

  get closed(): ISignal<this, string> {
    return this._closed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  send(message: JSONObject): void {
    this._model.send(message);
  }

  /** Tells that the comm is gone, and ends. */
  close(reason: string): void {
    if (!this._isDisposed) {
      this._closed.emit(reason);
      this.dispose();
    }
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._model.off('msg:custom', this._onMessage);
      Signal.clearData(this);
    }
  }

  private readonly _onMessage = (message: unknown) => {
    if (typeof message === 'object' && message !== null) {
      this._received.emit(message as JSONObject);
    }
  };

  private readonly _model: WidgetModel;
  private readonly _received = new Signal<this, JSONObject>(this);
  private readonly _closed = new Signal<this, string>(this);
  private _isDisposed = false;
}
