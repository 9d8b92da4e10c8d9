import type { KerasDocument } from '../document/kerasdocument';
import {
  asKerasError,
  type KernelClient,
  type KernelEvent
} from '../kernel/kernelclient';
import type { IEmbedding, IEmbeddingPayload, IKerasError } from '../protocol';
import type { DocumentKernel } from '../session/documentkernel';
import type { DocumentRun } from '../session/documentrun';
import { FollowingStore } from '../session/followingstore';
import type { Inside } from './lookinside';
import type { ShownMoment } from './shownmoment';

/** What is asked about samples as points. */
export type EmbeddingQuestion = Omit<
  IEmbeddingPayload,
  'document' | 'path' | 'at'
>;

/** What is asked, and what it depends on. */
export interface IEmbedded {
  readonly document: KerasDocument;
  readonly kernel: DocumentKernel;
  readonly run: DocumentRun;
  readonly inside: Inside;
  readonly moment: ShownMoment;
  /** Asks about the document as it stands; rejects with a `KernelError`. */
  ask(
    type: 'embedding',
    question: Omit<IEmbeddingPayload, 'document'>
  ): Promise<IEmbedding>;
}

/** Samples as points, placed by what comes out of a layer for them. */
export interface IDocumentEmbedding {
  /** What is asked; null while nobody looks, and nothing is computed. */
  question: EmbeddingQuestion | null;
  /** What was answered last, perhaps about the drawing before; not what is asked where there is an error. */
  embedding: IEmbedding | null;
  error: IKerasError | null;
  /** Whether the kernel is at it. */
  isAsking: boolean;
  /** How far the outputs are, from 0 to 1; null where nobody knows. */
  share: number | null;
  /** Whether the drawing or its weights are others than those of the picture, which does not follow. */
  isOld: boolean;
}

const NOTHING: IDocumentEmbedding = {
  question: null,
  embedding: null,
  error: null,
  isAsking: false,
  share: null,
  isOld: false
};

const FIRST: Omit<EmbeddingQuestion, 'node'> = {
  part: 'training',
  samples: 500,
  method: null
};

/** While a model trains, so many times as long passes until the kernel is asked again as it took of the run. */
const SPARING = 100;

/** Milliseconds between two questions. */
const PAUSE = { least: 300, most: 10_000 } as const;

/** Asks for the places of samples while somebody looks: again after an edit and in training, where that is quick. */
export class DocumentEmbedding extends FollowingStore<IDocumentEmbedding> {
  constructor(private readonly _about: IEmbedded) {
    super(NOTHING);
    _about.inside.changed.connect(this._onInside, this);
    _about.document.changed.connect(this._onDocument, this);
    _about.run.changed.connect(this._onRun, this);
    _about.moment.changed.connect(this._follow, this);
    _about.kernel.attached.connect(this._onAttached, this);
  }

  /** Asks for the first picture at a node. */
  show(node: string): void {
    const { question } = this.value;
    this.choose(question ? { ...question, node } : { ...FIRST, node });
  }

  /** Asks for something from now on. */
  choose(question: EmbeddingQuestion): void {
    const { embedding } = this.value;
    const isOther = this.value.question?.node !== question.node;
    this._model = this._about.document.model;
    this.set({
      ...this.value,
      question,
      embedding: isOther ? null : embedding,
      error: null
    });
    this._askAgain(0);
  }

  /** Asks no longer. */
  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.stop();
    this._asked++;
    if (this.value !== NOTHING) {
      this.set(NOTHING);
    }
  }

  /** Ends what takes long; the picture before stays. */
  stop(): void {
    if (this.value.isAsking) {
      this._about.kernel.client
        ?.request('end_embedding', {})
        .catch(() => undefined);
    }
  }

  /** Makes the picture again, of the drawing and the weights as they are now. */
  again(): void {
    this._askAgain(0);
  }

  private async _askNow(): Promise<void> {
    this.timer = undefined;
    const { question } = this.value;
    if (!question) {
      return;
    }
    const asked = ++this._asked;
    this._isStale = false;
    this.set({ ...this.value, isAsking: true, share: null, isOld: false });
    let found: Partial<IDocumentEmbedding>;
    try {
      const embedding = await this._about.ask('embedding', {
        ...question,
        path: [...this._about.inside.way],
        at: this._about.moment.value.at
      });
      this._wait = Math.min(
        PAUSE.most,
        Math.max(PAUSE.least, embedding.seconds * 1000 * SPARING)
      );
      found = { embedding, error: null };
    } catch (reason) {
      const error = asKerasError(reason);
      found = error.code === 'overtaken' ? {} : { error };
    }
    if (asked === this._asked && !this.isDisposed) {
      this.set({ ...this.value, ...found, isAsking: false, share: null });
      if (this._isStale) {
        this._follow();
      }
    }
  }

  private _askAgain(wait: number): void {
    if (wait > 0 && this.timer !== undefined) {
      return; // soon
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this._askNow(), wait);
  }

  /** The drawing or the weights are others: a method that takes no time is asked again. */
  private _follow(): void {
    const { question, embedding, isAsking, error } = this.value;
    if (!question) {
      return;
    }
    if (isAsking) {
      this._isStale = true;
    } else if (error !== null || embedding?.follows) {
      this._askAgain(
        this._about.run.history?.isActive ? this._wait : PAUSE.least
      );
    } else if (!this.value.isOld) {
      this.set({ ...this.value, isOld: true });
    }
  }

  private _onInside({ value: { isOpen } }: Inside): void {
    if (!isOpen && this.value.question) {
      this.close();
    }
  }

  private _onDocument({ model }: KerasDocument): void {
    if (model !== this._model) {
      this._model = model;
      this._follow();
    }
  }

  /** A batch was trained, or a run has begun or ended. */
  private _onRun(): void {
    const status = this._about.run.history?.status;
    const place = status ? `${status.run} ${status.step} ${status.state}` : '';
    if (place !== this._place) {
      this._place = place;
      this._follow();
    }
  }

  private _onAttached(_: DocumentKernel, client: KernelClient | null): void {
    client?.event.connect(this._onEvent, this);
  }

  private _onEvent(_: KernelClient, event: KernelEvent): void {
    if (event.event === 'embedding' && this.value.isAsking) {
      this.set({ ...this.value, share: event.payload.share });
    }
  }

  private _asked = 0;
  private _isStale = false;
  private _wait: number = PAUSE.least;
  private _place = '';
  private _model: unknown = null;
}
