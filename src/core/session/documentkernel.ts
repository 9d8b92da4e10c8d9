import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { CatalogIndex } from '../catalog/catalogindex';
import { refusal, type KernelClient } from '../kernel/kernelclient';
import {
  type IKernelStatus,
  KernelLink,
  type KernelLinkChange,
  NO_KERNEL
} from './kernellink';
import { trans } from '../translation';
import type { IStore, Store } from './store';

/** What a cell has changed. */
export type CellChange = Extract<KernelLinkChange, 'arrays' | 'settings'>;

/** The kernel of a document: the client that asks it, and whether it can answer. */
export class DocumentKernel implements IStore, IDisposable {
  /**
   * @param _path - The document's path, as `hello` sends it.
   * @param _catalog - Replaced when the kernel has another one.
   */
  constructor(
    private readonly _path: () => string,
    private readonly _catalog: Store<CatalogIndex>
  ) {}

  /** Whoever asks the kernel; its owner disposes of it. */
  get client(): KernelClient | null {
    return this._client;
  }

  get status(): IKernelStatus {
    return this._status;
  }

  /** Whether a kernel that did answer can't be heard now. */
  get isSilent(): boolean {
    return (
      this._status.state === 'connecting' &&
      this._link?.status.state === 'ready'
    );
  }

  /** What the kernel has told since the client was attached. */
  get link(): KernelLink | null {
    return this._link;
  }

  /** Emits when `client` or `status` is another one. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emits when there is another client, before `changed`. */
  get attached(): ISignal<this, KernelClient | null> {
    return this._attached;
  }

  /** Emits when the kernel has told something about a run. */
  get runTold(): ISignal<this, KernelLink> {
    return this._runTold;
  }

  /** Emits when the list of the runs that are kept is another one. */
  get runsTold(): ISignal<this, void> {
    return this._runsTold;
  }

  /** Emits when a cell has made other arrays, or changed what layers are: their classes, or Keras' settings. */
  get cellTold(): ISignal<this, CellChange> {
    return this._cellTold;
  }

  /** Counts changes of what layers are. What the kernel answered before may be true no more. */
  get generation(): number {
    return this._generation;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Says hello, and fetches the catalogue where the kernel has another one; null lets go of the kernel. */
  attach(client: KernelClient | null): void {
    if (client === this._client) {
      return;
    }
    this._client = client;
    this._link?.dispose();
    this._link = null;
    if (client) {
      this._link = new KernelLink(client, this._path(), this._catalog.value);
      this._link.changed.connect(this._onLinkChanged, this);
      this._status = this._link.status;
    }
    this._attached.emit(client);
    this._changed.emit();
  }

  /** Tells the kernel the document's path where it is another one. */
  rename(): void {
    this._link?.rename(this._path());
  }

  /** What a host knows of the kernel while no client is attached. */
  setStatus(status: IKernelStatus): void {
    this._status = status;
    this._changed.emit();
  }

  /** The client; throws a `KernelError` where there is none. */
  ready(): KernelClient {
    if (!this._client) {
      throw refusal(
        'no_kernel',
        this._status.message ||
          trans.__('No kernel is running. Start one first.')
      );
    }
    return this._client;
  }

  /** The client, after a kernel was started where it can be, or came that is on its way; rejects with a `KernelError` where there is none. */
  async started(): Promise<KernelClient> {
    await this._status.start?.();
    await this._arrived();
    return this.ready();
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this.attach(null);
      Signal.clearData(this);
    }
  }

  /** When no kernel is on its way any more. */
  private _arrived(): Promise<void> {
    return new Promise(resolve => {
      const check = () => {
        if (this._client || this._status.state !== 'connecting') {
          this._changed.disconnect(check);
          resolve();
        }
      };
      this._changed.connect(check);
      check();
    });
  }

  private _onLinkChanged(link: KernelLink, kind: KernelLinkChange): void {
    if (kind === 'kernel') {
      this.setStatus(link.status);
    } else if (kind === 'run') {
      this._runTold.emit(link);
    } else if (kind === 'runs') {
      this._runsTold.emit();
    } else if (kind === 'arrays' || kind === 'settings') {
      this._generation += kind === 'settings' ? 1 : 0;
      this._cellTold.emit(kind);
      this._changed.emit();
    } else {
      this._catalog.set(link.catalog);
    }
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _attached = new Signal<this, KernelClient | null>(this);
  private readonly _cellTold = new Signal<this, CellChange>(this);
  private readonly _runTold = new Signal<this, KernelLink>(this);
  private readonly _runsTold = new Signal<this, void>(this);
  private _client: KernelClient | null = null;
  private _link: KernelLink | null = null;
  private _status: IKernelStatus = NO_KERNEL;
  private _generation = 0;
  private _isDisposed = false;
}
