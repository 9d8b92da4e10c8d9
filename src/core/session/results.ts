import type { KerasDocument } from '../document/kerasdocument';
import {
  asKerasError,
  type KernelClient,
  type KernelEvent
} from '../kernel/kernelclient';
import type { DataPart, IEvaluation, IRequests, TaskKind } from '../protocol';
import { trainedText } from '../runs/plan';
import type { DocumentKernel } from './documentkernel';
import type { DocumentRun } from './documentrun';
import { FollowingStore } from './followingstore';
import {
  ANY,
  NOTHING,
  resultOf,
  type IResultCell,
  type IResults
} from './resultstate';

/** What is asked of the kernel about the document as it stands; rejects with a `KernelError`. */
export interface IResultQuestions {
  evaluate(part: DataPart): Promise<IEvaluation>;
}

/** Milliseconds until the kernel is asked about a threshold that is being moved. */
const PAUSE = 150;

/** The results of a document's model. Nothing is predicted before somebody asks for it. */
export class Results extends FollowingStore<IResults> {
  constructor(
    private readonly _document: KerasDocument,
    private readonly _kernel: DocumentKernel,
    private readonly _run: DocumentRun,
    private readonly _ask: IResultQuestions
  ) {
    super(NOTHING);
    _document.changed.connect(this._onChanged, this);
    _run.changed.connect(this._onChanged, this);
    _kernel.attached.connect(this._onAttached, this);
  }

  /** Has the model predict a part of the data. Starts a kernel where it can. */
  async evaluate(part: DataPart): Promise<void> {
    const asked = ++this._asked;
    this.set({ ...this.value, share: 0, error: null });
    try {
      const about = this._state();
      const evaluation = await this._ask.evaluate(part);
      if (asked !== this._asked) {
        return;
      }
      this._about = about;
      this.set({ ...NOTHING, evaluation });
      this._onChanged();
      await this.showOutput(0);
    } catch (reason) {
      if (asked === this._asked) {
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
    await this._kernel.client?.request('end_evaluation', {});
  }

  /** Shows the results of one output. */
  async showOutput(output: number): Promise<void> {
    const { evaluation, order } = this.value;
    const task = evaluation?.outputs[output];
    const of = task?.kind === 'two' ? 1 : task?.kind === 'labels' ? 0 : null;
    this.set({ ...NOTHING, evaluation, order, output, of });
    this._onChanged();
    if (!task || task.kind === 'other') {
      return;
    }
    if (!task.has_truth) {
      await this.choose(ANY, 'unsure');
    } else if (task.kind === 'numbers') {
      await this.showNumber(null);
    } else {
      await this._showClasses();
      if (of !== null) {
        await this._show('curves', { of });
      }
    }
  }

  /** Chooses the samples that are shown. */
  async choose(cell: IResultCell, order = this.value.order): Promise<void> {
    this.set({ ...this.value, cell, order, gallery: null });
    await this._showSamples();
  }

  /** Shows how well the score of a class tells it from the others; of labels, this one. */
  async showCurves(of: number): Promise<void> {
    this.set({ ...this.value, of });
    await this._show('curves', { of });
    if (this._kind === 'labels') {
      this.set({ ...this.value, confusion: null, gallery: null, cell: ANY });
      await this._showClasses();
    }
  }

  /** Shows how far one of several numbers is from the truth; null for all of them. */
  async showNumber(of: number | null): Promise<void> {
    this.set({ ...this.value, of, gallery: null });
    await this._show('residuals', { of });
    await this._showSamples();
  }

  /** Predicts the second of two, or a label, above another score. */
  setThreshold(threshold: number): void {
    const { confusion, curves } = this.value;
    const row = curves?.thresholds.find(each => each.at === threshold);
    const counts = row && [
      [row.rejected, row.false_alarms],
      [row.missed, row.hits]
    ];
    const isMoved = counts && confusion && this._hasThreshold;
    this.set({
      ...this.value,
      threshold,
      ...(isMoved && { confusion: { ...confusion, counts } })
    });
    clearTimeout(this.timer);
    if (this._hasThreshold) {
      this.timer = setTimeout(() => void this._showClasses(), PAUSE);
    }
  }

  /** All predictions as a CSV file; rejects with a `KernelError`. */
  async csv(): Promise<string> {
    const { output } = this.value;
    const config = this._atThreshold;
    const payload = { class_name: 'csv_file', config, output };
    const found = await this._kernel.ready().request('result', payload);
    return found.kind === 'csv_file' ? found.text : '';
  }

  private async _showClasses(): Promise<void> {
    const { of } = this.value;
    const at = this._atThreshold;
    const isLabel = this._kind === 'labels';
    await this._show('confusion', isLabel ? { ...at, label: of } : { ...at });
    await this._show('per_class', { ...at });
    await this._showSamples();
  }

  private async _showSamples(): Promise<void> {
    const { cell, order, of } = this.value;
    const isOne = this._kind === 'labels' || this._kind === 'numbers';
    const config = { ...cell, order, ...this._atThreshold };
    await this._show('worst', isOne ? { ...config, of } : config);
  }

  private get _kind(): TaskKind | undefined {
    const { evaluation, output } = this.value;
    return evaluation?.outputs[output]?.kind;
  }

  private get _hasThreshold(): boolean {
    return this._kind === 'two' || this._kind === 'labels';
  }

  private get _atThreshold(): { threshold?: number } {
    const { threshold } = this.value;
    return this._hasThreshold && threshold !== null ? { threshold } : {};
  }

  /** Asks for a result; of two questions about the same, the answer to the newer one is shown. */
  private async _show(
    name: string,
    config: IRequests['result']['payload']['config']
  ): Promise<void> {
    const asked = this._asked;
    const { output } = this.value;
    const turn = (this._turns.get(name) ?? 0) + 1;
    this._turns.set(name, turn);
    let found: Partial<IResults>;
    try {
      const payload = { class_name: name, config, output };
      found = resultOf(await this._kernel.ready().request('result', payload));
    } catch (reason) {
      found = { error: asKerasError(reason) };
    }
    if (
      asked === this._asked &&
      output === this.value.output &&
      turn === this._turns.get(name)
    ) {
      this.set({ ...this.value, ...found });
    }
  }

  private _onChanged(): void {
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
    return {
      model,
      text: text ?? (model ? trainedText(model) : ''),
      place: status ? `${status.run} ${status.step}` : ''
    };
  }

  /** Another kernel has predicted nothing. */
  private _onAttached(_: DocumentKernel, client: KernelClient | null): void {
    client?.event.connect(this._onEvent, this);
    this._asked++;
    this.set(NOTHING);
  }

  private _onEvent(_: KernelClient, event: KernelEvent): void {
    if (event.event === 'evaluation' && this.value.share !== null) {
      this.set({ ...this.value, share: event.payload.share });
    }
  }

  private readonly _turns = new Map<string, number>();
  private _asked = 0;
  private _about: IState | null = null;
}

interface IState {
  model: KerasDocument['model'];
  text: string;
  place: string;
}
