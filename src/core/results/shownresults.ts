import type { JSONObject } from '@lumino/coreutils';
import { asKerasError } from '../kernel/kernelclient';
import type { IOutputTask, IRequests, ISliceOf, TaskKind } from '../protocol';
import type { DocumentKernel } from '../session/documentkernel';
import { FollowingStore } from '../session/followingstore';
import {
  ANY,
  NOTHING,
  resultOf,
  type IResultCell,
  type IResults
} from './resultstate';

/** Milliseconds until the kernel is asked about a threshold that is being moved. */
const PAUSE = 150;

/** What is shown of the last evaluation: of which output, class and samples, at which threshold. */
export abstract class ShownResults extends FollowingStore<IResults> {
  constructor(protected readonly kernel: DocumentKernel) {
    super(NOTHING);
  }

  /** Shows the results of one output. */
  async showOutput(output: number): Promise<void> {
    const { evaluation, order } = this.value;
    const task = evaluation?.outputs[output];
    const of = task?.kind === 'two' ? 1 : task?.kind === 'labels' ? 0 : null;
    this.set({ ...NOTHING, evaluation, order, output, of });
    this.onChanged();
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

  /** Shows the results of some samples alone; null for all of them. */
  async chooseSlice(slice: ISliceOf | null): Promise<void> {
    if (slice || this.value.slice) {
      this.set({ ...this.value, slice, cell: ANY, only: null });
      await this.showAgain();
    }
  }

  /** Shows the same of other samples, or of other weights; what was there stays until then. */
  protected async showAgain(): Promise<void> {
    const { of } = this.value;
    const { task } = this;
    if (!task || task.kind === 'other') {
      return;
    }
    if (!task.has_truth) {
      await this._showSamples();
    } else if (task.kind === 'numbers') {
      await this._show('residuals', { of });
      await this._showSamples();
    } else {
      await this._showClasses();
      if (of !== null) {
        await this._show('curves', { of });
      }
    }
  }

  /** Chooses the samples that are shown. */
  async choose(cell: IResultCell, order = this.value.order): Promise<void> {
    this.set({ ...this.value, cell, order, only: null, gallery: null });
    await this._showSamples();
  }

  /** Shows samples that one of two compared models alone is right about; null for any. */
  async showOnly(only: IResults['only']): Promise<void> {
    this.set({ ...this.value, only, cell: ANY, gallery: null });
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

  /** What the output that is shown was to predict; undefined before it was evaluated. */
  get task(): IOutputTask | undefined {
    const { evaluation, output } = this.value;
    return evaluation?.outputs[output];
  }

  /** The argument of a result where another threshold than the model's was chosen. */
  get atThreshold(): JSONObject {
    const { threshold } = this.value;
    return this._hasThreshold && threshold !== null ? { threshold } : {};
  }

  /** All predictions as a CSV file; rejects with a `KernelError`. */
  async csv(): Promise<string> {
    const { output, slice } = this.value;
    const config = this.atThreshold;
    const payload = { class_name: 'csv_file', config, output, slice };
    const found = await this.kernel.ready().request('result', payload);
    return found.kind === 'csv_file' ? found.text : '';
  }

  private async _showClasses(): Promise<void> {
    const { of } = this.value;
    const at = this.atThreshold;
    const isLabel = this._kind === 'labels';
    await this._show('confusion', isLabel ? { ...at, label: of } : { ...at });
    await this._show('per_class', { ...at });
    await this._showSamples();
  }

  private async _showSamples(): Promise<void> {
    const { cell, order, of, only } = this.value;
    const isOne = this._kind === 'labels' || this._kind === 'numbers';
    const config = { ...cell, order, only, ...this.atThreshold };
    await this._show('worst', isOne ? { ...config, of } : config);
  }

  private get _kind(): TaskKind | undefined {
    return this.task?.kind;
  }

  private get _hasThreshold(): boolean {
    return this._kind === 'two' || this._kind === 'labels';
  }

  /** Asks for a result; of two questions about the same, the answer to the newer one is shown. */
  private async _show(
    name: string,
    config: IRequests['result']['payload']['config']
  ): Promise<void> {
    const asked = this.asked;
    const { output, slice } = this.value;
    const turn = (this._turns.get(name) ?? 0) + 1;
    this._turns.set(name, turn);
    let found: Partial<IResults>;
    try {
      const payload = { class_name: name, config, output, slice };
      found = resultOf(await this.kernel.ready().request('result', payload));
    } catch (reason) {
      found = { error: asKerasError(reason) };
    }
    if (
      asked === this.asked &&
      output === this.value.output &&
      slice === this.value.slice &&
      turn === this._turns.get(name)
    ) {
      this.set({ ...this.value, ...found });
    }
  }

  /** Tells whether this is still of the drawing. */
  protected abstract onChanged(): void;

  /** Counts evaluations: what is answered about an earlier one is not shown. */
  protected asked = 0;
  private readonly _turns = new Map<string, number>();
}
