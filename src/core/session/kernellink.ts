/** One kernel as an editor sees it. */
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { ICatalog } from '../catalog/catalog';
import { CatalogIndex } from '../catalog/catalogindex';
import {
  asKerasError,
  type KernelClient,
  type KernelEvent
} from '../kernel/kernelclient';
import type { IBackup, IEvents, IHello } from '../protocol';
import { RunHistory } from '../runs/runhistory';
import { RunTracker } from '../runs/runtracker';
import { say } from '../translation';

/** Whether there is a kernel that can answer. */
export interface IKernelStatus {
  state: 'none' | 'connecting' | 'ready' | 'missing' | 'dead';
  /** For people: what to do about it. */
  message: string;
  hello: IHello | null;
  /** Starts a kernel, or lets the user choose one; there while there is none and the host can. */
  start?(): Promise<void>;
}

/** Before there is a kernel. */
export const NO_KERNEL: IKernelStatus = {
  state: 'none',
  message: '',
  hello: null
};

/** What of a `KernelLink` changed. */
export type KernelLinkChange =
  'kernel' | 'catalog' | 'run' | 'runs' | 'arrays' | 'settings';

/** Says hello to a kernel, and follows what it tells: its status, its catalogue and the runs. */
export class KernelLink implements IDisposable {
  constructor(
    private readonly _kernel: KernelClient,
    private _path: string,
    private _catalog: CatalogIndex
  ) {
    _kernel.closed.connect(this._onClosed, this);
    void this._greet();
  }

  get status(): IKernelStatus {
    return this._status;
  }

  get catalog(): CatalogIndex {
    return this._catalog;
  }

  /** The last run of the document that the kernel knows. */
  get run(): RunHistory | null {
    return this._tracker?.run ?? null;
  }

  /** What another kernel has left of a run; null once this kernel has trained a batch. */
  get backup(): IBackup | null {
    const status = this.run?.status;
    const isUntouched =
      !status ||
      status.kept ||
      (status.state === 'failed' && status.step === 0);
    return isUntouched ? this._backup : null;
  }

  get changed(): ISignal<this, KernelLinkChange> {
    return this._changed;
  }

  /** Tells the kernel that the document has another path, so that it is found there after a reload. */
  rename(path: string): void {
    if (path !== this._path) {
      this._path = path;
      void this._greet();
    }
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._kernel.closed.disconnect(this._onClosed, this);
    this._tracker?.dispose();
    Signal.clearData(this);
  }

  private async _greet(): Promise<void> {
    try {
      const hello = await this._kernel.request('hello', {
        document: this._path
      });
      if (!this._isDisposed) {
        this._tracker ??= this._follow(hello);
        this._set({ state: 'ready', message: '', hello });
        this._changed.emit('run');
        void this._fetchCatalog(hello.catalog_hash);
        void this._fetchShippedCatalog();
      }
    } catch (error) {
      this._fail(error);
    }
  }

  private _follow({ run, seq }: IHello): RunTracker {
    const tracker = new RunTracker(
      this._kernel,
      seq,
      run && new RunHistory(run)
    );
    tracker.changed.connect(() => this._changed.emit('run'));
    tracker.told.connect((_, event) => this._onTold(event));
    // What was missed may have been about Keras or the catalogue.
    tracker.missed.connect(() => void this._greet());
    return tracker;
  }

  private _onTold(event: KernelEvent): void {
    if (event.event === 'keras') {
      this._onKeras(event.payload);
    } else if (event.event === 'catalog') {
      void this._fetchCatalog(event.payload.hash);
    } else if (
      event.event === 'arrays' ||
      event.event === 'settings' ||
      event.event === 'runs'
    ) {
      this._changed.emit(event.event);
    } else if (event.event === 'backup') {
      this._backup = event.payload.backup;
      this._changed.emit('run');
    }
  }

  /** Keras was imported, or can't be. */
  private _onKeras({ devices, error }: IEvents['keras']): void {
    const { hello } = this._status;
    if (error) {
      this._set({ state: 'missing', message: say(error.message), hello });
    } else if (hello) {
      this._set({ ...this._status, hello: { ...hello, devices } });
    }
  }

  /** Gets the catalogue of that hash, where it is not the one at hand; the kernel has none before it has Keras. */
  private async _fetchCatalog(hash: string): Promise<void> {
    if (hash === '' || hash === this._catalog.catalog.hash) {
      return;
    }
    try {
      const catalog = await this._kernel.request('catalog', {});
      this._catalog = new CatalogIndex(catalog);
      this._changed.emit('catalog');
    } catch (error) {
      this._fail(error);
    }
  }

  /** A page that came without a catalogue need not wait for the import of Keras, which takes seconds. */
  private async _fetchShippedCatalog(): Promise<void> {
    if (!this._hasCatalog && this._status.hello?.catalog_hash === '') {
      try {
        const name = 'catalog';
        const { source } = await this._kernel.request('asset', { name });
        if (!this._hasCatalog) {
          this._catalog = new CatalogIndex(JSON.parse(source) as ICatalog);
          this._changed.emit('catalog');
        }
      } catch {
        // The kernel's own catalogue comes in any case.
      }
    }
  }

  private get _hasCatalog(): boolean {
    return this._catalog.catalog.hash !== '';
  }

  private _fail(error: unknown): void {
    if (this._status.state !== 'dead') {
      const message = say(asKerasError(error).message);
      this._set({ ...this._status, state: 'missing', message });
    }
  }

  private _onClosed(_: KernelClient, message: string): void {
    this.run?.lose();
    this._changed.emit('run');
    this._set({ state: 'dead', message, hello: null });
  }

  private _set(status: IKernelStatus): void {
    if (!this._isDisposed) {
      this._status = status;
      this._changed.emit('kernel');
    }
  }

  private readonly _changed = new Signal<this, KernelLinkChange>(this);
  private _status: IKernelStatus = {
    state: 'connecting',
    message: '',
    hello: null
  };
  private _tracker: RunTracker | null = null;
  private _backup: IBackup | null = null;
  private _isDisposed = false;
}
