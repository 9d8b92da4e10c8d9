import type { JSONObject } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';
import { KernelClient } from '../../../core';
import type { IRequests, ITransport } from '../../../core';

/** What a test's kernel answers, by the request. */
export type Answers = {
  [K in keyof IRequests]?: (
    payload: IRequests[K]['payload']
  ) => IRequests[K]['result'];
};

/** A kernel's end of the protocol, with the answers that a test gives. */
export class Kernel implements ITransport {
  constructor(readonly answers: Answers) {
    this.client = new KernelClient({ transport: this });
  }

  readonly client: KernelClient;

  readonly requests: JSONObject[] = [];
  isDisposed = false;

  get received() {
    return this._received;
  }

  get closed() {
    return this._closed;
  }

  send(message: JSONObject): void {
    this.requests.push(message);
    const answer = this.answers[message.type as keyof IRequests] as
      ((payload: unknown) => unknown) | undefined;
    if (answer) {
      const payload = answer(message.payload) as JSONObject;
      this._received.emit({ id: message.id, ok: true, payload });
    }
  }

  /** Tells an event. */
  tell(event: string, payload: unknown): void {
    this._seq++;
    this._received.emit({
      event,
      seq: this._seq,
      payload: payload as JSONObject
    });
  }

  die(reason: string): void {
    this._closed.emit(reason);
  }

  dispose(): void {
    this.isDisposed = true;
  }

  private _seq = 0;
  private readonly _received = new Signal<this, JSONObject>(this);
  private readonly _closed = new Signal<this, string>(this);
}
