/** Keeps what the kernel knows about a document up to date, sending only what changed. */
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { KerasDocument } from './document/document';
import type { IKerasDocumentChange } from './document/types';
import type { IDataJSON, ILayerJSON, IModelJSON } from './keras';
import { asKerasError, type KernelClient } from './kernelclient';
import type {
  IAnalyzePayload,
  IAnalyzeResult,
  IKerasError,
  INodeAnalysis,
  ITotals
} from './protocol';

/** What the kernel knows about the model as it stands. */
export interface IAnalysis {
  readonly nodes: ReadonlyMap<string, INodeAnalysis>;
  readonly totals: ITotals | null;
  readonly errors: readonly IKerasError[];
  /** True while the document has changed and the kernel has not answered yet. */
  readonly pending: boolean;
}

const NOTHING: IAnalysis = {
  nodes: new Map(),
  totals: null,
  errors: [],
  pending: false
};

/** Milliseconds in which changes are gathered: a frame. */
const FRAME = 16;

/** A revision that the kernel has answered. */
interface IBase {
  revision: number;
  model: IModelJSON;
}

/** The analysis of the model that a document shows. One request is on its way at most, and the next one is about the newest revision. */
export class Analysis implements IDisposable {
  constructor(private readonly _document: KerasDocument) {
    _document.changed.connect(this._onDocumentChanged, this);
  }

  get value(): IAnalysis {
    return this._value;
  }

  /** Emits when `value` is another one. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Asks another kernel from now on; none, where null. */
  attach(kernel: KernelClient | null): void {
    this._kernel = kernel;
    this._restart();
    if (!kernel) {
      this._set(NOTHING);
    }
  }

  /** Asks again, though the document has not changed. */
  refresh(): void {
    this._isDue = true;
    this._schedule();
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    clearTimeout(this._timer);
    this._document.changed.disconnect(this._onDocumentChanged, this);
    Signal.clearData(this);
  }

  /** Begins anew: answers on their way are about something else. */
  private _restart(): void {
    this._subject = {};
    this._inFlight = null;
    this._done = null;
    this._base = null;
    this.refresh();
  }

  private _onDocumentChanged(
    _: KerasDocument,
    { shownChange }: IKerasDocumentChange
  ): void {
    if (shownChange) {
      this._set({ ...NOTHING, pending: this._kernel !== null });
      this._restart();
      return;
    }
    const model = this._document.shown;
    const known = this._inFlight ?? this._done;
    if (!model || !known || !isSameToKeras(model, known)) {
      this._schedule();
    }
  }

  private _schedule(): void {
    if (!this._kernel) {
      return;
    }
    this._set({ ...this._value, pending: true });
    this._timer ??= setTimeout(() => {
      this._timer = undefined;
      void this._ask();
    }, FRAME);
  }

  private async _ask(): Promise<void> {
    const [kernel, subject] = [this._kernel, this._subject];
    const model = this._document.shown;
    if (!kernel || this._inFlight || this._isDisposed) {
      return;
    }
    if (!model) {
      this._set(NOTHING);
      return;
    }
    if (!this._isDue && this._done && isSameToKeras(model, this._done)) {
      this._set({ ...this._value, pending: false });
      return;
    }
    const base = this._base;
    this._isDue = false;
    this._inFlight = model;
    const payload = changes(model, ++this._revision, base);
    try {
      const result = await kernel.request('analyze', payload);
      if (this._subject === subject) {
        this._base = { revision: payload.revision, model };
        this._take(result, base === null);
      }
    } catch (error) {
      if (this._subject === subject) {
        this._base = null;
        this._refuse(asKerasError(error), base !== null);
      }
    }
    if (this._subject === subject) {
      this._inFlight = null;
      this._done = model;
      void this._ask();
    }
  }

  private _take(result: IAnalyzeResult, isWhole: boolean): void {
    const nodes = new Map(isWhole ? [] : this._value.nodes);
    for (const [node, analysis] of Object.entries(result.nodes)) {
      if (analysis) {
        nodes.set(node, analysis);
      } else {
        nodes.delete(node);
      }
    }
    const { totals, errors } = result;
    this._set({ ...this._value, nodes, totals, errors });
  }

  /** A kernel that does not know the base gets the whole model; any other error is shown until the next change. */
  private _refuse(error: IKerasError, hadBase: boolean): void {
    if (error.code === 'unknown_base' && hadBase) {
      this._isDue = true;
    } else {
      this._set({ ...this._value, errors: [error] });
    }
  }

  private _set(value: IAnalysis): void {
    if (!this._isDisposed) {
      this._value = value;
      this._changed.emit();
    }
  }

  private readonly _changed = new Signal<this, void>(this);
  private _value = NOTHING;
  private _kernel: KernelClient | null = null;
  /** Another object for each kernel and each model that is shown. */
  private _subject = {};
  private _base: IBase | null = null;
  /** The model that the last answer was about. */
  private _done: IModelJSON | null = null;
  /** The model that a request on its way is about. */
  private _inFlight: IModelJSON | null = null;
  /** Whether to ask although nothing changed since. */
  private _isDue = false;
  private _revision = 0;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _isDisposed = false;
}

/** The model as a change to `base`: layers that are the same objects are named by their places. */
export function changes(
  model: IModelJSON,
  revision: number,
  base: IBase | null
): IAnalyzePayload {
  const { kerasviz: _, ...rest } = model;
  const data = dataOf(model);
  const places = new Map(
    base?.model.config.layers.map((layer, i) => [layer, i])
  );
  const layers: (ILayerJSON | [number, number])[] = [];
  for (const layer of model.config.layers) {
    const place = places.get(layer);
    const last = layers[layers.length - 1];
    if (place === undefined) {
      layers.push(layer);
    } else if (Array.isArray(last) && last[0] + last[1] === place) {
      last[1]++;
    } else {
      layers.push([place, 1]);
    }
  }
  return {
    revision,
    base: base?.revision ?? null,
    model: {
      ...rest,
      config: { ...rest.config, layers: [] },
      ...(data && { kerasviz: { version: 1, training: { data } } })
    },
    layers
  };
}

/** The data that the model is to learn: mistakes are found against it. */
function dataOf(model: IModelJSON): IDataJSON | undefined {
  return model.kerasviz?.training?.data ?? undefined;
}

/** Whether two models differ at most in what kerasviz keeps beside them, the data aside. */
function isSameToKeras(a: IModelJSON, b: IModelJSON): boolean {
  const { kerasviz: _, ...mine } = a;
  const { kerasviz: __, ...theirs } = b;
  const others = new Map<string, unknown>(Object.entries(theirs));
  return (
    dataOf(a) === dataOf(b) &&
    Object.keys(mine).length === others.size &&
    Object.entries(mine).every(([key, value]) => others.get(key) === value)
  );
}
