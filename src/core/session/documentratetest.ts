import { Signal, type ISignal } from '@lumino/signaling';
import {
  asKerasError,
  type KernelClient,
  type KernelEvent
} from '../kernel/kernelclient';
import type { IHello, IKerasError, IRateTest } from '../protocol';
import type { DocumentKernel } from './documentkernel';
import type { IStore } from './store';

/** The last range test of learning rates: a copy of the model trains on a few batches, with a rate that grows. */
export class DocumentRateTest implements IStore {
  /**
   * @param _kernel - Where it trains.
   * @param _ask - Asks the kernel to begin with the document as it stands; rejects with a `KernelError`.
   */
  constructor(
    private readonly _kernel: DocumentKernel,
    private readonly _ask: () => Promise<unknown>
  ) {
    _kernel.attached.connect(this._onAttached, this);
    _kernel.changed.connect(this._onKernelChanged, this);
  }

  /** What was measured; null before the first test, and once a person has put it away. */
  get test(): IRateTest | null {
    return this._test;
  }

  /** Why it failed. */
  get error(): IKerasError | null {
    return this._error ?? this._test?.error ?? null;
  }

  /** Whether it goes on. */
  get isActive(): boolean {
    return (
      this._isBeginning ||
      (this._test !== null &&
        !['finished', 'stopped', 'failed'].includes(this._test.state))
    );
  }

  /** Emits when something of it is another. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Begins a test. Starts a kernel where it can. */
  async begin(): Promise<void> {
    this._isBeginning = true;
    this._set(null, null);
    const error = await this._ask().then(() => null, asKerasError);
    this._isBeginning = false;
    this._set(this._test, error);
  }

  /** Ends it within a batch; what was measured stays. */
  async stop(): Promise<void> {
    await this._kernel.client?.request('end_rate_test', {});
  }

  /** Puts it away. */
  forget(): void {
    this._set(null, null);
  }

  private _onAttached(_: DocumentKernel, client: KernelClient | null): void {
    client?.event.connect(this._onEvent, this);
    if (this.isActive) {
      this._isBeginning = false;
      this._set(null, null);
    }
  }

  /** A page that comes late hears of it by `hello`. */
  private _onKernelChanged({ status: { hello } }: DocumentKernel): void {
    if (hello !== this._hello) {
      this._hello = hello;
      if (hello?.rate_test) {
        this._set(hello.rate_test, null);
      }
    }
  }

  private _onEvent(_: KernelClient, event: KernelEvent): void {
    if (event.event === 'rate_test') {
      this._set(event.payload.test, null);
    }
  }

  private _set(test: IRateTest | null, error: IKerasError | null): void {
    this._test = test;
    this._error = error;
    this._changed.emit();
  }

  private readonly _changed = new Signal<this, void>(this);
  private _test: IRateTest | null = null;
  private _error: IKerasError | null = null;
  private _isBeginning = false;
  private _hello: IHello | null = null;
}
