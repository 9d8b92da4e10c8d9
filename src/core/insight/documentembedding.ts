import type { IEmbedding, IEmbeddingPayload } from '../protocol';
import { LongAnswer, type IAskedAbout, type ILongAnswer } from './longanswer';

/** What is asked about samples as points. */
export type EmbeddingQuestion = Omit<
  IEmbeddingPayload,
  'document' | 'path' | 'at'
>;

/** Samples as points, placed by what comes out of a layer for them. */
export interface IDocumentEmbedding extends ILongAnswer {
  /** What is asked; null while nobody looks, and nothing is computed. */
  question: EmbeddingQuestion | null;
  /** What was answered last, perhaps about the drawing before; not what is asked where there is an error. */
  embedding: IEmbedding | null;
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

/** Asks for the places of samples while somebody looks: again after an edit and in training, where that is quick. */
export class DocumentEmbedding extends LongAnswer<IDocumentEmbedding> {
  /**
   * @param _ask - Asks about the document as it stands; rejects with a `KernelError`.
   */
  constructor(
    about: IAskedAbout,
    private readonly _ask: (question: EmbeddingQuestion) => Promise<IEmbedding>
  ) {
    super(about, 'embedding', NOTHING);
  }

  /** Asks for the first picture at a node. */
  show(node: string): void {
    this.choose({ ...FIRST, ...this.value.question, node });
  }

  /** Asks for something from now on. */
  choose(question: EmbeddingQuestion): void {
    const { embedding } = this.value;
    const isOther = this.value.question?.node !== question.node;
    this.set({
      ...this.value,
      question,
      embedding: isOther ? null : embedding,
      error: null
    });
    this.askAgain(0);
  }

  /** Makes the picture again, of the drawing and the weights as they are now. */
  again(): void {
    this.askAgain(0);
  }

  protected async ask() {
    const embedding = await this._ask(this.value.question!);
    return {
      found: { embedding, isOld: false },
      seconds: embedding.seconds
    };
  }

  /** A method that takes no time is asked again; what is slow is not ended by an edit. */
  protected follow(wait: number): void {
    const { embedding, isAsking, error, isOld } = this.value;
    if (isAsking) {
      this.followLater();
    } else if (error !== null || embedding?.follows) {
      this.askAgain(wait);
    } else if (!isOld) {
      this.set({ ...this.value, isOld: true });
    }
  }
}
