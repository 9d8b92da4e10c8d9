import type { KerasDocument } from '../document/kerasdocument';
import {
  asKerasError,
  type KernelClient,
  type KernelEvent
} from '../kernel/kernelclient';
import type { IChosenJSON } from '../keras';
import type { IAt, IEvaluation, PartName } from '../protocol';
import { trainedText } from '../runs/plan';
import type { DocumentKernel } from '../session/documentkernel';
import type { DocumentRun } from '../session/documentrun';
import { NOTHING } from './resultstate';
import type { ShownMoment } from '../insight/shownmoment';
import { ShownResults } from './shownresults';

/** What is asked of the kernel about the document as it stands; rejects with a `KernelError`. */
export interface IResultQuestions {
  evaluate(part: PartName, data: IChosenJSON | null): Promise<IEvaluation>;
}

/** The results of a document's model. Nothing is predicted before somebody asks for it. */
export class Results extends ShownResults {
  constructor(
    private readonly _document: KerasDocument,
    kernel: DocumentKernel,
    private readonly _run: DocumentRun,
    private readonly _moment: ShownMoment,
    private readonly _ask: IResultQuestions
  ) {
    super(kernel);
    _moment.changed.connect(this._onMoment, this);
    _document.changed.connect(this.onChanged, this);
    _run.changed.connect(this.onChanged, this);
    kernel.attached.connect(this._onAttached, this);
  }

  /**
   * Has the model predict a part of the data. Starts a kernel where it can.
   *
   * @param data - A source of new samples, which are predicted in the place of the part.
   * @param isSame - Whether the same samples are predicted with other weights, and the same is shown of them.
   */
  async evaluate(
    part: PartName,
    data: IChosenJSON | null = null,
    isSame = false
  ): Promise<void> {
    const asked = ++this.asked;
    this.set({ ...this.value, share: 0, error: null });
    try {
      const about = this._state();
      const evaluation = await this._ask.evaluate(part, data);
      if (asked !== this.asked) {
        return;
      }
      this._about = about;
      this._data = data;
      const before = isSame ? this.value : NOTHING;
      this.set({ ...before, evaluation, share: null });
      this.onChanged();
      await (isSame ? this.showAgain() : this.showOutput(0));
    } catch (reason) {
      if (asked === this.asked) {
        const error = asKerasError(reason);
        const wasStopped = error.code === 'stopped';
        this.set({
          ...this.value,
          share: null,
          error: wasStopped ? null : error
        });
      }
    }
  }

  /** Ends the predictions within a batch; what was there before stays. */
  async stop(): Promise<void> {
    await this.kernel.client?.request('end_evaluation', {});
  }

  /** Another epoch is shown: evaluates its weights on the same samples, the last one of several. */
  private _onMoment(): void {
    const { at } = this._moment.value;
    if (at === this._at) {
      return;
    }
    this._at = at;
    this.onChanged();
    if (this.value.evaluation && !this._isFollowing) {
      void this._followMoment();
    }
  }

  private async _followMoment(): Promise<void> {
    this._isFollowing = true;
    for (let at; at !== this._at && this.value.evaluation;) {
      at = this._at;
      const { part } = this.value.evaluation;
      await this.evaluate(part, this._data, true);
    }
    this._isFollowing = false;
  }

  protected onChanged(): void {
    if (this.value.evaluation && this._about) {
      const { model, place, text } = this._about;
      const now = this._state(model === this._document.model ? text : null);
      const isOfBefore = now.place !== place || now.text !== text;
      if (isOfBefore !== this.value.isOfBefore) {
        this.set({ ...this.value, isOfBefore });
      }
    }
  }

  /** What results are of: the drawing with its plan, and how far it was trained. */
  private _state(text: string | null = null): IState {
    const { model } = this._document;
    const status = this._run.history?.status;
    const now = status ? `${status.run} ${status.step}` : '';
    return {
      model,
      text: text ?? (model ? trainedText(model) : ''),
      place: this._at ? `${this._at.run}/${this._at.epoch}` : now
    };
  }

  /** Another kernel has predicted nothing. */
  private _onAttached(_: DocumentKernel, client: KernelClient | null): void {
    client?.event.connect(this._onEvent, this);
    this.asked++;
    this.set(NOTHING);
  }

  private _onEvent(_: KernelClient, event: KernelEvent): void {
    if (event.event === 'evaluation' && this.value.share !== null) {
      this.set({ ...this.value, share: event.payload.share });
    }
  }

  private _about: IState | null = null;
  /** The new samples that were predicted. */
  private _data: IChosenJSON | null = null;
  private _at: IAt | null = null;
  private _isFollowing = false;
}

interface IState {
  model: KerasDocument['model'];
  text: string;
  place: string;
}
