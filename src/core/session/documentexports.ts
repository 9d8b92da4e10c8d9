import { Signal, type ISignal } from '@lumino/signaling';
import type { KernelClient, KernelEvent } from '../kernel/kernelclient';
import type { IHello, ISavingEvent } from '../protocol';
import type { Sentence } from '../translation';
import type { DocumentKernel } from './documentkernel';
import type { IStore } from './store';

/** The exports of a document's model that go on in its kernel, whichever page has asked for them. */
export class DocumentExports implements IStore {
  constructor(private readonly _kernel: DocumentKernel) {
    _kernel.attached.connect(this._onAttached, this);
    _kernel.changed.connect(this._onKernelChanged, this);
  }

  /** What each of them does now, by the path of its file. */
  get going(): ReadonlyMap<string, Sentence> {
    return this._going;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emits an export that has ended, where this page doesn't wait for its answer: it was opened meanwhile. */
  get ended(): ISignal<this, ISavingEvent> {
    return this._ended;
  }

  /** Waits for an answer about a file, whose end is then not told twice. */
  async awaited<T>(path: string, answer: Promise<T>): Promise<T> {
    this._awaited.add(path);
    try {
      return await answer;
    } finally {
      this._awaited.delete(path);
    }
  }

  /** Whether this page waits for an answer about a file. */
  isAwaited(path: string): boolean {
    return this._awaited.has(path);
  }

  /** Ends an export at once; no file is written. */
  async stop(path: string): Promise<void> {
    await this._kernel.client?.request('end_save', { path });
  }

  private _onAttached(_: DocumentKernel, client: KernelClient | null): void {
    client?.event.connect(this._onEvent, this);
    this._set([]);
  }

  /** A page that comes late hears of them by `hello`. */
  private _onKernelChanged({ status: { hello } }: DocumentKernel): void {
    if (hello !== this._hello) {
      this._hello = hello;
      this._set(hello?.saving ?? []);
    }
  }

  private _onEvent(_: KernelClient, event: KernelEvent): void {
    if (event.event !== 'saving') {
      return;
    }
    const { path, step } = event.payload;
    const others = [...this._going].filter(([other]) => other !== path);
    this._going = new Map(step === null ? others : [...others, [path, step]]);
    this._changed.emit();
    if (step === null && !this._awaited.has(path)) {
      this._ended.emit(event.payload);
    }
  }

  private _set(exports: readonly ISavingEvent[]): void {
    this._going = new Map(exports.map(({ path, step }) => [path, step ?? '']));
    this._changed.emit();
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _ended = new Signal<this, ISavingEvent>(this);
  private readonly _awaited = new Set<string>();
  private _going: ReadonlyMap<string, Sentence> = new Map();
  private _hello: IHello | null = null;
}
