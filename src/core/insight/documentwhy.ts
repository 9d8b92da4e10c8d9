import type { IWhy, IWhyPayload } from '../protocol';
import { LongAnswer, type IAskedAbout, type ILongAnswer } from './longanswer';

/** What is asked about an answer of the model. */
export type WhyQuestion = Omit<IWhyPayload, 'document' | 'at'>;

/** Why the model answers what it answers about the sample. */
export interface IDocumentWhy extends ILongAnswer {
  /** Whether somebody asks. Nothing is computed while nobody does. */
  isOpen: boolean;
  /** What was answered last; of the sample before, until there is something new. */
  why: IWhy | null;
}

const NOTHING: IDocumentWhy = {
  isOpen: false,
  why: null,
  error: null,
  isAsking: false,
  share: null
};

const FIRST: WhyQuestion = { method: null, output: 0, target: null };

/** Asks why the model answers what it answers about the sample: again with the next sample, and after an edit. */
export class DocumentWhy extends LongAnswer<IDocumentWhy> {
  /**
   * @param _ask - Asks about the document as it stands; rejects with a `KernelError`.
   */
  constructor(
    about: IAskedAbout,
    private readonly _ask: (question: WhyQuestion) => Promise<IWhy>
  ) {
    super(about, 'why', NOTHING);
  }

  /** Asks about the sample that is followed; looks inside where nobody does yet. */
  async open(): Promise<void> {
    const { inside } = this.about;
    this.set({ ...this.value, isOpen: true });
    if (!inside.value.isOpen) {
      await inside.open();
    }
    this.follow(0);
  }

  /** Asks something else: by another method, or about another answer. It is remembered. */
  choose(question: Partial<WhyQuestion>): void {
    this._question = { ...this._question, ...question };
    this.follow(0);
  }

  protected async ask() {
    const why = await this._ask(this._question);
    return { found: { why }, seconds: why.seconds };
  }

  protected follow(wait: number): void {
    if (wait > 0 && this.value.isAsking) {
      this.followLater();
    } else if (this.about.inside.value.sample) {
      this.askAgain(wait);
    }
  }

  protected get subjects(): unknown[] {
    return [...super.subjects, this.about.inside.value.sample];
  }

  protected readonly afterError = { why: null };
  private _question = FIRST;
}
