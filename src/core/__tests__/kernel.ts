/** A kernel's end of the protocol, in memory: what it is asked is kept, and the test says what it answers. */
import type { JSONObject } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';
import {
  KernelClient,
  PROTOCOL_VERSION,
  type IHello,
  type IRunStatus,
  type ITransport
} from '..';

/** A transport whose other end is the test. */
export class Wire implements ITransport {
  readonly sent: JSONObject[] = [];
  readonly received = new Signal<this, JSONObject>(this);
  readonly closed = new Signal<this, string>(this);
  isDisposed = false;

  /** Called with each message that is sent. */
  onSend: (message: JSONObject) => void = () => undefined;

  send(message: JSONObject): void {
    // Messages are JSON on the way.
    const copy = JSON.parse(JSON.stringify(message)) as JSONObject;
    this.sent.push(copy);
    this.onSend(copy);
  }

  dispose(): void {
    this.isDisposed = true;
    Signal.clearData(this);
  }
}

type Handler = (payload: never) => object | Promise<object>;

/** Answers requests by handlers; a handler that throws an `IKerasError` refuses. */
export class Kernel {
  constructor(handlers: { [type: string]: Handler }) {
    this.wire.onSend = message => void this._answer(message, handlers);
    this.client = new KernelClient({ transport: this.wire });
  }

  readonly wire = new Wire();
  readonly client: KernelClient;

  /** The payloads of all requests of a type. */
  asked(type: string): JSONObject[] {
    return this.wire.sent
      .filter(message => message.type === type)
      .map(message => message.payload as JSONObject);
  }

  tell(event: string, seq: number, payload: object): void {
    this.wire.received.emit({ event, seq, payload: payload as JSONObject });
  }

  private async _answer(
    { id, type, payload }: JSONObject,
    handlers: { [type: string]: Handler }
  ): Promise<void> {
    const handler = handlers[type as string];
    if (!handler) {
      return;
    }
    try {
      const result = await handler(payload as never);
      this.wire.received.emit({ id, ok: true, payload: result as JSONObject });
    } catch (error) {
      this.wire.received.emit({ id, ok: false, error: error as JSONObject });
    }
  }
}

export function hello(values: Partial<IHello> = {}): IHello {
  return {
    version: PROTOCOL_VERSION,
    kerasviz: '0.1.0',
    keras: '3.15.1',
    backend: 'tensorflow',
    catalog_hash: '',
    devices: [],
    seq: 0,
    model_name: 'model',
    run: null,
    rate_test: null,
    saving: [],
    ...values
  };
}

export function status(values: Partial<IRunStatus> = {}): IRunStatus {
  return {
    run: 'run-1',
    state: 'training',
    model_name: 'model',
    device: 'cpu:0',
    epoch: 1,
    epochs: 2,
    step: 0,
    steps_per_epoch: 10,
    elapsed: 0,
    remaining: null,
    error: null,
    notes: [],
    marks: [],
    ...values
  };
}

/** The payload of a `run` event with points of the loss at some batches. */
export function points(...x: number[]): object {
  const loss = { x, y: x.map(value => 1 / value) };
  return { status: status(), curves: { batch: { loss }, epoch: {} } };
}
