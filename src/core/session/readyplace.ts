import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import type { KerasDocument } from '../document/kerasdocument';
import type { KernelClient } from '../kernel/kernelclient';
import { planOf } from '../runs/plan';
import type { DocumentKernel } from './documentkernel';

/** Has the kernel get the place ready in which a document is to be trained, so that its runs begin at once. */
export class ReadyPlace implements IDisposable {
  constructor(
    private readonly _document: KerasDocument,
    private readonly _kernel: DocumentKernel
  ) {
    _document.changed.connect(this._follow, this);
    _kernel.changed.connect(this._follow, this);
    this._follow();
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    Signal.clearData(this);
  }

  private _follow(): void {
    const { client, status } = this._kernel;
    const { model } = this._document;
    const ready = client && status.state === 'ready' ? client : null;
    const training = model?.kerasviz?.training;
    if (ready === this._asked && training === this._training) {
      return;
    }
    [this._asked, this._training] = [ready, training];
    const place = model && planOf(model).place;
    const written = place ? JSON.stringify(place) : null;
    if (
      !ready ||
      !written ||
      (this._ready === ready && this._place === written)
    ) {
      return;
    }
    [this._ready, this._place] = [ready, written];
    // What can't be made ready says so when it is to train.
    ready.request('warm_place', { place: written }).catch(() => undefined);
  }

  private _asked: KernelClient | null = null;
  private _ready: KernelClient | null = null;
  private _training: unknown;
  private _place: string | null = null;
  private _isDisposed = false;
}
