import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import type { Analysis } from '../analysis/analysis';
import type { KerasDocument } from '../document/kerasdocument';
import type { IChosenJSON } from '../keras';
import { asKerasError } from '../kernel/kernelclient';
import type { IKerasError, IProbe, ISample } from '../protocol';
import type { DocumentKernel } from './documentkernel';
import type { DocumentRun } from './documentrun';
import { Store } from './store';

/** A look inside: a sample, and what comes out of each layer for it. */
export interface IInside {
  /** Whether somebody looks. Nothing is computed while nobody does. */
  isOpen: boolean;
  sample: ISample | null;
  /** Of the drawing as it was when the kernel was asked last. */
  probe: IProbe | null;
  error: IKerasError | null;
}

/** What is asked of the kernel about the document as it stands; each rejects with a `KernelError`. */
export interface IInsideQuestions {
  sample(choice: IChosenJSON): Promise<ISample>;
  probe(path: readonly string[]): Promise<IProbe>;
}

/** While a model trains, so many times as long passes until the kernel is asked again as it took to answer. */
const SPARING = 100;

/** Milliseconds between two looks, so that what moves can be followed with the eye, and a slow model is seen, too. */
const PAUSE = { least: 100, most: 10_000 } as const;

const NOTHING: IInside = {
  isOpen: false,
  sample: null,
  probe: null,
  error: null
};

const FIRST: IChosenJSON = { class_name: 'by_index', config: {} };

/** Follows a sample through the drawing: after each edit, and while the model trains. */
export class Inside extends Store<IInside> implements IDisposable {
  constructor(
    private readonly _document: KerasDocument,
    private readonly _kernel: DocumentKernel,
    private readonly _run: DocumentRun,
    private readonly _analysis: Analysis,
    private readonly _ask: IInsideQuestions
  ) {
    super(NOTHING);
    _analysis.changed.connect(this._onDrawing, this);
    _document.changed.connect(this._onDrawing, this);
    _run.changed.connect(this._onRun, this);
    _kernel.attached.connect(this._onAttached, this);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      clearTimeout(this._timer);
      this._analysis.changed.disconnect(this._onDrawing, this);
      this._document.changed.disconnect(this._onDrawing, this);
      this._run.changed.disconnect(this._onRun, this);
      this._kernel.attached.disconnect(this._onAttached, this);
      Signal.clearData(this);
    }
  }

  /** Looks inside, at the sample that was chosen before or at the first one. Starts a kernel where it can. */
  async open(): Promise<void> {
    this.set({ ...this.value, isOpen: true });
    await this.choose(this._choice);
  }

  /** Looks no longer; the sample is remembered. */
  close(): void {
    clearTimeout(this._timer);
    this._timer = undefined;
    this.set({ ...NOTHING });
  }

  /** Chooses another sample. */
  async choose(choice: IChosenJSON): Promise<void> {
    this._choice = choice;
    const asked = ++this._asked;
    let found: Partial<IInside>;
    try {
      found = { sample: await this._ask.sample(choice), error: null };
    } catch (reason) {
      found = { sample: null, probe: null, error: asKerasError(reason) };
    }
    if (asked === this._asked && this.value.isOpen) {
      this.set({ ...this.value, ...found });
      this._lookAgain(0);
    }
  }

  private async _look(): Promise<void> {
    this._timer = undefined;
    this._isAsking = true;
    this._isStale = false;
    const asked = this._asked;
    let found: Partial<IInside>;
    try {
      const probe = await this._ask.probe(this._document.path);
      const wait = probe.seconds * 1000 * SPARING;
      this._wait = Math.min(PAUSE.most, Math.max(PAUSE.least, wait));
      found = { probe, error: null };
    } catch (reason) {
      found = { probe: null, error: asKerasError(reason) };
    }
    this._isAsking = false;
    if (this._isDisposed || !this.value.isOpen) {
      return;
    }
    if (asked === this._asked) {
      this.set({ ...this.value, ...found });
    }
    if (this._isStale || asked !== this._asked) {
      this._lookAgain(
        this._isTraining && asked === this._asked ? this._wait : 0
      );
    }
  }

  private _lookAgain(wait: number): void {
    if (!this.value.isOpen || !this.value.sample) {
      return;
    }
    if (this._isAsking) {
      this._isStale = true;
      return;
    }
    if (this._timer !== undefined && wait > 0) {
      return; // soon
    }
    clearTimeout(this._timer);
    this._timer = setTimeout(() => void this._look(), wait);
  }

  private _onDrawing(): void {
    const { model, path } = this._document;
    const about = this._about;
    if (about.model !== model || about.path !== path) {
      this._about = { model, path };
      this._lookAgain(0);
    }
  }

  /** A batch was trained, or a run has begun or ended. */
  private _onRun(): void {
    const { history } = this._run;
    const place = history
      ? `${history.status.run} ${history.status.step} ${history.status.state}`
      : '';
    if (place !== this._place) {
      this._place = place;
      this._lookAgain(this._isTraining ? this._wait : 0);
    }
  }

  private get _isTraining(): boolean {
    return this._run.history?.isActive ?? false;
  }

  /** Another kernel knows no sample. */
  private _onAttached(): void {
    if (this.value.isOpen && this._kernel.client) {
      void this.choose(this._choice);
    }
  }

  private _choice = FIRST;
  private _asked = 0;
  private _isAsking = false;
  private _isStale = false;
  private _isDisposed = false;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _wait: number = PAUSE.least;
  private _place = '';
  private _about: { model: unknown; path: unknown } = {
    model: null,
    path: null
  };
}
