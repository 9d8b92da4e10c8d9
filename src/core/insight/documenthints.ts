import type { KerasDocument } from '../document/kerasdocument';
import { silencedHints } from '../edits/settings';
import { asKerasError } from '../kernel/kernelclient';
import type { IHint, IHints, IKerasError } from '../protocol';
import type { DocumentKernel } from '../session/documentkernel';
import type { DocumentRun } from '../session/documentrun';
import { FollowingStore } from '../session/followingstore';
import type { Inside } from './lookinside';
import type { Panel } from '../session/panel';

/** What there is to say about a document and its last run. */
export interface IShownHints {
  /** What the kernel answered last; null while nobody knows. */
  told: IHints | null;
  /** What the document does not silence, the gravest first. */
  heard: readonly IHint[];
  /** What it silences. */
  silenced: readonly string[];
  /** The code of the hint that was opened elsewhere, e.g. at its layer. */
  pointed: string | null;
  isReading: boolean;
  /** Whether what was told is of an earlier state: the answer about this one is on its way. */
  isChecking: boolean;
  /** Why the data could not be read. */
  error: IKerasError | null;
}

/** Milliseconds between two questions; in between, so many times as long as the kernel took to answer. */
const PAUSE = { least: 700, most: 3000 } as const;
const SPARING = 4;

const NOTHING: IShownHints = {
  told: null,
  heard: [],
  silenced: [],
  pointed: null,
  isReading: false,
  isChecking: false,
  error: null
};

const NONE: readonly IHint[] = [];

/** Asks again after edits, with each epoch of a run, and when data was read. */
export class DocumentHints extends FollowingStore<IShownHints> {
  /**
   * @param _ask - Asks the kernel about the document as it stands; rejects with a `KernelError`.
   */
  constructor(
    private readonly _document: KerasDocument,
    private readonly _kernel: DocumentKernel,
    private readonly _run: DocumentRun,
    private readonly _inside: Inside,
    private readonly _panel: Panel,
    private readonly _ask: (read: boolean) => Promise<IHints>
  ) {
    super(NOTHING);
    _document.changed.connect(this._follow, this);
    _kernel.changed.connect(this._follow, this);
    _kernel.cellTold.connect(this._again, this); // a cell may make other arrays of the same name
    _run.changed.connect(this._follow, this);
    _inside.changed.connect(this._follow, this);
  }

  /** What is said of a layer of the document. The same array while nothing else is said. */
  ofLayer(layer: string): readonly IHint[] {
    return this._byLayer.get(layer) ?? NONE;
  }

  /** Reads the data that the document names, to look at it. */
  async read(): Promise<void> {
    this.set({ ...this.value, isReading: true, error: null });
    try {
      this._take(await this._ask(true));
      this.set({ ...this.value, isReading: false });
    } catch (reason) {
      const error = asKerasError(reason);
      this.set({ ...this.value, isReading: false, error });
    }
  }

  /** Opens a hint in the panel below the canvas. */
  open(code: string): void {
    this._point(null); // so that it comes into view again where it was before
    this._panel.show('hints');
    this._point(code);
  }

  /** Shows the stretch of a curve that a hint was found by. */
  showStretch(code: string): void {
    this._point(code);
    this._panel.show('curves');
  }

  /** Silences a hint in this document, as one step to undo. */
  silence(code: string): void {
    const { model } = this._document;
    this._document.silenceHints([...silencedHints(model), code]);
  }

  /** Says a hint again that was silenced. */
  say(code: string): void {
    const silenced = silencedHints(this._document.model);
    this._document.silenceHints(silenced.filter(other => other !== code));
  }

  private _point(pointed: string | null): void {
    this.set({ ...this.value, pointed });
  }

  private _follow(): void {
    const { model } = this._document;
    const { client, status } = this._kernel;
    const run = this._run.history?.status;
    const about = [
      model?.config,
      model?.compile_config,
      model?.kerasviz?.training,
      status.state === 'ready' ? client : null,
      run && `${run.run} ${run.epoch}`,
      this._run.history?.isActive,
      this._inside.value.sample
    ];
    if (about.some((part, index) => part !== this._about[index])) {
      this._about = about;
      this._again();
    }
    if (silencedHints(model).join() !== this.value.silenced.join()) {
      this._take(this.value.told);
    }
  }

  /** Asks soon, once what was asked before is answered. */
  private _again(): void {
    this._isStale = true;
    if (this._kernel.status.state !== 'ready' || !this._document.model) {
      this._take(null);
      this._check(false);
      return;
    }
    this._check(true);
    if (!this._isAsking && this.timer === undefined) {
      this.timer = setTimeout(() => void this._askNow(), this._wait);
    }
  }

  private async _askNow(): Promise<void> {
    this.timer = undefined;
    this._isAsking = true;
    this._isStale = false;
    const began = Date.now();
    // A drawing that the kernel can't read is the analysis' business.
    const told = await this._ask(false).catch(() => null);
    const wait = Math.max(PAUSE.least, SPARING * (Date.now() - began));
    this._wait = Math.min(PAUSE.most, wait);
    this._isAsking = false;
    if (!this.isDisposed) {
      this._take(told);
      if (this._isStale) {
        this._again();
      } else {
        this._check(false);
      }
    }
  }

  private _check(isChecking: boolean): void {
    if (isChecking !== this.value.isChecking) {
      this.set({ ...this.value, isChecking });
    }
  }

  private _take(told: IHints | null): void {
    const silenced = silencedHints(this._document.model);
    const heard = told?.hints.filter(({ code }) => !silenced.includes(code));
    this._byLayer.clear();
    for (const hint of heard ?? []) {
      if (hint.layer !== null) {
        const before = this._byLayer.get(hint.layer) ?? NONE;
        this._byLayer.set(hint.layer, [...before, hint]);
      }
    }
    const isSame = told === null && this.value.told === null;
    if (!isSame || silenced.join() !== this.value.silenced.join()) {
      this.set({ ...this.value, told, heard: heard ?? NONE, silenced });
    }
  }

  private readonly _byLayer = new Map<string, readonly IHint[]>();
  private _about: readonly unknown[] = [];
  private _isAsking = false;
  private _isStale = false;
  private _wait: number = PAUSE.least;
}
