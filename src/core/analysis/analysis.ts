/** Keeps what the kernel knows about a document up to date, sending only what changed. */
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { KerasDocument } from '../document/kerasdocument';
import type { IKerasDocumentChange } from '../edits/edittypes';
import { withFixes } from './fixes';
import type { IModelJSON } from '../keras';
import { asKerasError, type KernelClient } from '../kernel/kernelclient';
import type {
  IAnalyzeResult,
  IKerasError,
  INodeAnalysis,
  ITotals
} from '../protocol';
import { changes, isSameToKeras, type IBase } from './revision';

/** What the kernel knows about the model as it stands. */
export interface IAnalysis {
  readonly nodes: ReadonlyMap<string, INodeAnalysis>;
  readonly totals: ITotals | null;
  readonly errors: readonly IKerasError[];
  /** True while the document has changed and the kernel has not answered yet; fixes come later still. */
  readonly pending: boolean;
}

/** Whether every layer was counted: one that can't be built, and what waits for it, has no parameters yet. */
export function isWhole({ nodes }: IAnalysis): boolean {
  return [...nodes.values()].every(node => node.shapes.length > 0);
}

const NOTHING: IAnalysis = {
  nodes: new Map(),
  totals: null,
  errors: [],
  pending: false
};

/**
 * The analysis of the model that a document shows. One revision is on its way at most, and the next one is the newest.
 * Shapes and errors come first; fixes, and errors that take longer to find, are requested when there is nothing newer to
 * analyze.
 */
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

  /** The revision by which the kernel knows a model, or is about to; null where it is another one's turn. */
  revisionOf(model: IModelJSON): number | null {
    const known = this._inFlight ?? this._base?.model;
    return known && isSameToKeras(model, known) ? this._revision : null;
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
    this._document.changed.disconnect(this._onDocumentChanged, this);
    Signal.clearData(this);
  }

  /** Starts over: pending answers are about another model. */
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
    if (!this._isScheduled) {
      this._isScheduled = true;
      // What is changed in one go is told at once, and before the page draws it: the kernel works meanwhile.
      queueMicrotask(() => {
        this._isScheduled = false;
        void this._ask();
      });
    }
    if (!this._value.pending) {
      this._set({ ...this._value, pending: true });
    }
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
      void this._askFixes(kernel);
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

  private async _askFixes(kernel: KernelClient): Promise<void> {
    const [base, { nodes, errors }] = [this._base, this._value];
    const isWrong = errors.length > 0 || [...nodes.values()].some(hasError);
    if (!base || !(isWrong || this._isJudging)) {
      return;
    }
    try {
      const { revision } = base;
      const fixes = await kernel.request('fixes', { revision });
      if (this._base === base) {
        this._set(withFixes(this._value, fixes));
      }
    } catch {
      // A newer revision came, for which fixes will be requested, or the kernel is gone.
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
    const { totals, errors, judging } = result;
    this._isJudging = judging;
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
  /** Whether the kernel has more to find out about the last revision than it told. */
  private _isJudging = false;
  /** Whether to ask although nothing changed since. */
  private _isDue = false;
  private _revision = 0;
  private _isScheduled = false;
  private _isDisposed = false;
}

function hasError({ error }: INodeAnalysis): boolean {
  return error !== null;
}
