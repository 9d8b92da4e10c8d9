/** A widget's model as a page has it, with Python's side in the hands of a test. */
import type { JSONObject } from '@lumino/coreutils';
import type { ITraits, WidgetModel } from '../traits';

type Callback = (...args: unknown[]) => void;

/** Stands in for ipywidgets and the kernel behind it. */
export class Page {
  constructor(traits: Partial<ITraits> = {}) {
    this._traits = {
      _view: 'editor',
      _document: '',
      _edited: false,
      _height: 600,
      _run: null,
      ...traits
    };
  }

  /** What was sent to the kernel. */
  readonly sent: JSONObject[] = [];
  /** What Python has of the traits that were saved. */
  readonly saved: Partial<ITraits>[] = [];

  /** The model as anywidget gives it. */
  readonly model = {
    get: (name: keyof ITraits) => this._traits[name],
    set: (name: keyof ITraits, value: never) => {
      this._unsaved[name] = value;
      this.change({ [name]: value });
    },
    save_changes: () => {
      this.saved.push(this._unsaved);
      this._unsaved = {};
    },
    send: (message: JSONObject) => {
      this.sent.push(message);
    },
    on: (event: string, callback: Callback) => {
      this._callbacks.push([event, callback]);
    },
    off: (event: string, callback: Callback) => {
      this._callbacks = this._callbacks.filter(
        ([name, known]) => name !== event || known !== callback
      );
    }
  } as unknown as WidgetModel;

  /** Changes traits, as Python does. */
  change(traits: Partial<ITraits>): void {
    Object.assign(this._traits, traits);
    for (const name of Object.keys(traits)) {
      this.tell(`change:${name}`);
    }
  }

  /** Sends a message, as Python does. */
  receive(message: unknown): void {
    this.tell('msg:custom', message);
  }

  /** Answers the last request of a type. */
  async reply(type: string, payload: unknown): Promise<void> {
    const request = this.sent.filter(sent => sent.type === type).pop();
    this.receive({ id: request?.id, ok: true, payload });
    await Promise.resolve();
  }

  tell(event: string, ...args: unknown[]): void {
    for (const [name, callback] of [...this._callbacks]) {
      if (name === event) {
        callback(...args);
      }
    }
  }

  private readonly _traits: ITraits;
  private _unsaved: { [name: string]: unknown } = {};
  private _callbacks: [string, Callback][] = [];
}
