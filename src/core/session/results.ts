import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import type { KerasDocument } from '../document/kerasdocument';
import {
  asKerasError,
  type KernelClient,
  type KernelEvent
} from '../kernel/kernelclient';
import type {
  DataPart,
  IClassCurves,
  IConfusion,
  IEvaluation,
  IGallery,
  IKerasError,
  IPerClass,
  IResiduals,
  IRequests
} from '../protocol';
import { trainedText } from '../runs/plan';
import type { DocumentKernel } from './documentkernel';
import type { DocumentRun } from './documentrun';
import { Store } from './store';

/** Which samples come first: those that the model is most wrong about, or least certain of. */
export type ResultOrder = 'wrong' | 'unsure';

/** Samples of one class that were predicted as one class; null where it may be any. */
export interface IResultCell {
  true: number | null;
  predicted_as: number | null;
}

/** What the trained model makes of a part of the data. */
export interface IResults {
  evaluation: IEvaluation | null;
  /** How far the predictions are, from 0 to 1; null while nothing is predicted. */
  share: number | null;
  error: IKerasError | null;
  /** Whether the drawing was edited since, or the model trained. */
  isOfBefore: boolean;
  confusion: IConfusion | null;
  perClass: IPerClass | null;
  gallery: IGallery | null;
  /** Of the class that was asked for. */
  curves: IClassCurves | null;
  /** Of numbers. */
  residuals: IResiduals | null;
  order: ResultOrder;
  cell: IResultCell;
}

/** What is asked of the kernel about the document as it stands; rejects with a `KernelError`. */
export interface IResultQuestions {
  evaluate(part: DataPart): Promise<IEvaluation>;
}

const ANY: IResultCell = { true: null, predicted_as: null };

const NOTHING: IResults = {
  evaluation: null,
  share: null,
  error: null,
  isOfBefore: false,
  confusion: null,
  perClass: null,
  gallery: null,
  curves: null,
  residuals: null,
  order: 'wrong',
  cell: ANY
};

type Answer = IRequests['result']['result'];

/** The results of a document's model. Nothing is predicted before somebody asks for it. */
export class Results extends Store<IResults> implements IDisposable {
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

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._document.changed.disconnect(this._onChanged, this);
      this._run.changed.disconnect(this._onChanged, this);
      this._kernel.attached.disconnect(this._onAttached, this);
      Signal.clearData(this);
    }
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
      if (evaluation.kind === 'classes' || evaluation.kind === 'two') {
        await this._show('confusion', {});
        await this._show('per_class', {});
        await this.choose(ANY, 'wrong');
      }
      if (evaluation.kind === 'two') {
        await this.showCurves(1);
      }
      if (evaluation.kind === 'numbers') {
        await this._show('residuals', {});
        await this.choose(ANY, 'wrong');
      }
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

  /** Chooses the samples that are shown. */
  async choose(cell: IResultCell, order = this.value.order): Promise<void> {
    this.set({ ...this.value, cell, order, gallery: null });
    await this._show('worst', { ...cell, order });
  }

  /** Shows how well the score of a class tells it from the others. */
  async showCurves(of: number): Promise<void> {
    await this._show('curves', { of });
  }

  /** All predictions as a CSV file; rejects with a `KernelError`. */
  async csv(): Promise<string> {
    const payload = { class_name: 'csv_file', config: {} };
    const found = await this._kernel.ready().request('result', payload);
    return found.kind === 'csv_file' ? found.text : '';
  }

  private async _show(
    name: string,
    config: IRequests['result']['payload']['config']
  ): Promise<void> {
    const asked = this._asked;
    const { cell, order } = this.value;
    let found: Partial<IResults>;
    try {
      const payload = { class_name: name, config };
      found = resultOf(await this._kernel.ready().request('result', payload));
    } catch (reason) {
      found = { error: asKerasError(reason) };
    }
    const isWanted =
      name !== 'worst' ||
      (cell === this.value.cell && order === this.value.order);
    if (asked === this._asked && isWanted) {
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

  private _asked = 0;
  private _isDisposed = false;
  private _about: IState | null = null;
}

interface IState {
  model: KerasDocument['model'];
  text: string;
  place: string;
}

function resultOf(answer: Answer): Partial<IResults> {
  switch (answer.kind) {
    case 'confusion':
      return { confusion: answer };
    case 'per_class':
      return { perClass: answer };
    case 'curves':
      return { curves: answer };
    case 'residuals':
      return { residuals: answer };
    case 'gallery':
      return { gallery: answer };
    default:
      return {};
  }
}
