import {
  asKerasError,
  type KernelClient,
  type KernelEvent
} from '../kernel/kernelclient';
import type { KerasDocument } from '../document/kerasdocument';
import type { IAt, IKerasError, ISample, IWhy, IWhyPayload } from '../protocol';
import type { DocumentKernel } from '../session/documentkernel';
import type { DocumentRun } from '../session/documentrun';
import { FollowingStore } from '../session/followingstore';
import type { Inside } from './lookinside';
import type { ShownMoment } from './shownmoment';

/** What is asked about an answer of the model. */
export type WhyQuestion = Omit<IWhyPayload, 'document' | 'at'>;

/** Why the model answers what it answers about the sample. */
export interface IDocumentWhy {
  /** Whether somebody asks. Nothing is computed while nobody does. */
  isOpen: boolean;
  /** What was answered last; of the sample before, until there is something new. */
  why: IWhy | null;
  error: IKerasError | null;
  /** Whether the kernel is at it. */
  isAsking: boolean;
  /** How far it is, from 0 to 1; null where nobody knows. */
  share: number | null;
}

const NOTHING: IDocumentWhy = {
  isOpen: false,
  why: null,
  error: null,
  isAsking: false,
  share: null
};

const FIRST: WhyQuestion = { method: null, output: 0, target: null };

/** While a model trains, so many times as long passes until the kernel is asked again as it took of the run. */
const SPARING = 100;

/** Milliseconds between two questions. */
const PAUSE = { least: 100, most: 10_000 } as const;

/** Asks why the model answers what it answers about the sample: again with the next sample, and after an edit. */
export class DocumentWhy extends FollowingStore<IDocumentWhy> {
  constructor(
    document: KerasDocument,
    private readonly _kernel: DocumentKernel,
    private readonly _run: DocumentRun,
    private readonly _inside: Inside,
    private readonly _moment: ShownMoment,
    private readonly _ask: (question: WhyQuestion) => Promise<IWhy>
  ) {
    super(NOTHING);
    _inside.changed.connect(this._onInside, this);
    _moment.changed.connect(this._onMoment, this);
    document.changed.connect(this._onDocument, this);
    _run.changed.connect(this._onRun, this);
    _kernel.attached.connect(this._onAttached, this);
  }

  /** Asks about the sample that is followed; looks inside where nobody does yet. */
  async open(): Promise<void> {
    this.set({ ...this.value, isOpen: true });
    if (!this._inside.value.isOpen) {
      await this._inside.open();
    }
    this._askAgain(0);
  }

  /** Asks no longer; the method is remembered. */
  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.stop();
    this._asked++;
    this.set(NOTHING);
  }

  /** Asks something else: by another method, or about another answer. */
  choose(question: Partial<WhyQuestion>): void {
    this._question = { ...this._question, ...question };
    this._askAgain(0);
  }

  /** Ends what takes long; what was answered before stays. */
  stop(): void {
    if (this.value.isAsking) {
      this._kernel.client?.request('end_why', {}).catch(() => undefined);
    }
  }

  private async _askNow(): Promise<void> {
    this.timer = undefined;
    const asked = ++this._asked;
    this.set({ ...this.value, isAsking: true, share: null });
    let found: Partial<IDocumentWhy>;
    try {
      const why = await this._ask(this._question);
      this._wait = Math.min(
        PAUSE.most,
        Math.max(PAUSE.least, why.seconds * 1000 * SPARING)
      );
      found = { why, error: null };
    } catch (reason) {
      const error = asKerasError(reason);
      found = error.code === 'overtaken' ? {} : { why: null, error };
    }
    if (asked === this._asked && !this.isDisposed) {
      this.set({ ...this.value, ...found, isAsking: false, share: null });
      if (this._isStale) {
        this._isStale = false;
        this._askAgain(this._wait);
      }
    }
  }

  private _askAgain(wait: number): void {
    if (!this.value.isOpen || !this._inside.value.sample) {
      return;
    }
    if (wait > 0 && (this.timer !== undefined || this.value.isAsking)) {
      this._isStale = this.timer === undefined;
      return; // soon
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this._askNow(), wait);
  }

  private _onInside({ value: { isOpen, sample } }: Inside): void {
    if (!isOpen && this.value.isOpen) {
      this.close();
    } else if (sample !== this._sample) {
      this._sample = sample;
      this._askAgain(0);
    }
  }

  /** Another epoch is shown. */
  private _onMoment(): void {
    const { at } = this._moment.value;
    if (at !== this._at) {
      this._at = at;
      this._askAgain(0);
    }
  }

  private _onDocument({ model }: KerasDocument): void {
    if (model !== this._model) {
      this._model = model;
      this._askAgain(0);
    }
  }

  /** A batch was trained, or a run has begun or ended. */
  private _onRun(): void {
    const status = this._run.history?.status;
    const place = status ? `${status.run} ${status.step} ${status.state}` : '';
    if (place !== this._place && !this._at) {
      this._place = place;
      this._askAgain(this._run.history?.isActive ? this._wait : 0);
    }
  }

  private _onAttached(_: DocumentKernel, client: KernelClient | null): void {
    client?.event.connect(this._onEvent, this);
  }

  private _onEvent(_: KernelClient, event: KernelEvent): void {
    if (event.event === 'why' && this.value.isAsking) {
      this.set({ ...this.value, share: event.payload.share });
    }
  }

  private _question = FIRST;
  private _asked = 0;
  private _isStale = false;
  private _wait: number = PAUSE.least;
  private _at: IAt | null = null;
  private _place = '';
  private _sample: ISample | null = null;
  private _model: unknown = null;
}
