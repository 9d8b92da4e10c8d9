import type { JSONObject } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import type { IControls, IEvents, IKerasError, IRequests } from './protocol';

/** Carries messages to a kernel and back. */
export interface ITransport extends IDisposable {
  send(message: JSONObject): void;
  readonly received: ISignal<unknown, JSONObject>;
  /** Emits why, once, when no message will come any more. */
  readonly closed: ISignal<unknown, string>;
}

/** An event as it comes from the kernel. */
export type KernelEvent = {
  [K in keyof IEvents]: { event: K; seq: number; payload: IEvents[K] };
}[keyof IEvents];

/** A request that the kernel refused. */
export class KernelError extends Error {
  constructor(readonly error: IKerasError) {
    super(error.message);
  }
}

/** The requests and events of one kernel session. */
export class KernelClient implements IDisposable {
  constructor(options: KernelClient.IOptions) {
    throw new Error(String(options));
  }
  get event(): ISignal<this, KernelEvent> {
    throw new Error();
  }
  get closed(): ISignal<this, string> {
    throw new Error();
  }
  get isDisposed(): boolean {
    throw new Error();
  }
  /** Asks the kernel; rejects with a `KernelError`. */
  request<K extends keyof IRequests>(
    type: K,
    payload: IRequests[K]['payload']
  ): Promise<IRequests[K]['result']> {
    throw new Error(String([type, payload]));
  }
  /** Asks for what must not wait: it is sent over the control transport, where there is one. */
  control<K extends keyof IControls>(
    type: K,
    payload: IControls[K]['payload']
  ): Promise<JSONObject> {
    throw new Error(String([type, payload]));
  }
  dispose(): void {
    throw new Error();
  }
}

export namespace KernelClient {
  export interface IOptions {
    transport: ITransport;
    /** For requests that must not wait; their replies come over `transport`. */
    control?: ITransport;
  }
}
