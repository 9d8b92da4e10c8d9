/** The page's end of the protocol. */
import { UUID, type JSONObject } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import {
  PROTOCOL_VERSION,
  type IControlPayload,
  type IEvents,
  type IKerasError,
  type IRequests
} from '../protocol';
import { say, trans } from '../translation';

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

/** A request that was refused, or that nobody can answer any more. */
export class KernelError extends Error {
  constructor(readonly error: IKerasError) {
    super(say(error.message));
  }
}

interface IPending {
  resolve(payload: JSONObject): void;
  reject(error: KernelError): void;
}

/** The requests and events of one kernel session. It disposes of its transports. */
export class KernelClient implements IDisposable {
  constructor(private readonly _options: KernelClient.IOptions) {
    const { transport } = _options;
    transport.received.connect(this._onReceived, this);
    transport.closed.connect(this._onClosed, this);
  }

  /** Emits what the kernel tells unasked. */
  get event(): ISignal<this, KernelEvent> {
    return this._event;
  }

  /** Emits why, once, when the kernel can't be reached any more. */
  get closed(): ISignal<this, string> {
    return this._closed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Asks the kernel; rejects with a `KernelError`. */
  request<K extends keyof IRequests>(
    type: K,
    payload: IRequests[K]['payload']
  ): Promise<IRequests[K]['result']> {
    return this._send(this._options.transport, type, payload) as Promise<
      IRequests[K]['result']
    >;
  }

  /** Asks something of a run, over the control transport where there is one: it must not wait. */
  control(payload: IControlPayload): Promise<JSONObject> {
    const { control, transport } = this._options;
    return this._send(
      control && !control.isDisposed ? control : transport,
      'control',
      payload
    );
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._options.transport.dispose();
    this._options.control?.dispose();
    this._rejectAll(trans.__('The connection to the kernel was closed.'));
    Signal.clearData(this);
  }

  private _send(
    transport: ITransport,
    type: string,
    payload: object
  ): Promise<JSONObject> {
    if (this._isDisposed || this._isClosed) {
      return Promise.reject(unreachable(lost()));
    }
    const id = UUID.uuid4();
    return new Promise((resolve, reject) => {
      this._pending.set(id, { resolve, reject });
      try {
        transport.send({
          id,
          type,
          payload: payload as JSONObject,
          version: PROTOCOL_VERSION
        });
      } catch {
        // The channel is gone, of which it knows nothing but "Cannot send".
        this._pending.delete(id);
        reject(unreachable(lost()));
      }
    });
  }

  private _onReceived(_: unknown, message: JSONObject): void {
    if (typeof message.event === 'string') {
      this._event.emit(message as unknown as KernelEvent);
      return;
    }
    const pending = this._pending.get(String(message.id));
    if (!pending) {
      return;
    }
    this._pending.delete(String(message.id));
    if (message.ok === true) {
      pending.resolve(message.payload as JSONObject);
    } else {
      pending.reject(new KernelError(message.error as unknown as IKerasError));
    }
  }

  private _onClosed(_: unknown, reason: string): void {
    if (!this._isClosed) {
      this._isClosed = true;
      this._rejectAll(reason);
      this._closed.emit(reason);
    }
  }

  private _rejectAll(reason: string): void {
    const pending = [...this._pending.values()];
    this._pending.clear();
    pending.forEach(({ reject }) => reject(unreachable(reason)));
  }

  private readonly _pending = new Map<string, IPending>();
  private readonly _event = new Signal<this, KernelEvent>(this);
  private readonly _closed = new Signal<this, string>(this);
  private _isClosed = false;
  private _isDisposed = false;
}

export namespace KernelClient {
  export interface IOptions {
    transport: ITransport;
    /** For requests that must not wait; their replies come over `transport`. */
    control?: ITransport;
  }
}

/** Any failure as an error for people. */
export function asKerasError(error: unknown): IKerasError {
  return error instanceof KernelError
    ? error.error
    : {
        code: 'internal',
        layer: null,
        message: error instanceof Error ? error.message : String(error),
        detail: null,
        fix: null
      };
}

/** An error that the page itself finds. */
export function refusal(code: string, message: string): KernelError {
  return new KernelError({
    code,
    layer: null,
    message,
    detail: null,
    fix: null
  });
}

/** What happened where nothing can be sent, and what to do: a notebook has a cell, a document a kernel. */
function lost(): string {
  return trans.__(
    'The connection to the kernel is lost. Run the cell again, or restart the kernel.'
  );
}

function unreachable(message: string): KernelError {
  return refusal('unreachable', message);
}
