import {
  asKerasError,
  type KernelClient,
  type KernelEvent
} from '../kernel/kernelclient';
import type {
  IAt,
  IResultComparison,
  IConfusion,
  IEvaluation,
  IKerasError,
  IRequests
} from '../protocol';
import type { DocumentKernel } from '../session/documentkernel';
import { FollowingStore } from '../session/followingstore';
import type { Results } from './results';

/** What results are compared with: another epoch, or another run, on the same samples. */
export interface IBesideResults {
  evaluation: IEvaluation | null;
  /** Whose weights it is of; null for those that the model has now. */
  at: IAt | null;
  /** How much of it has been predicted, from 0 to 1; null where nothing is being predicted. */
  share: number | null;
  error: IKerasError | null;
  confusion: IConfusion | null;
  comparison: IResultComparison | null;
}

const NOTHING: IBesideResults = {
  evaluation: null,
  at: null,
  share: null,
  error: null,
  confusion: null,
  comparison: null
};

/** Compares what was evaluated last with what another model predicts of the same samples. */
export class BesideResults extends FollowingStore<IBesideResults> {
  /**
   * @param _results - What is compared.
   * @param _kernel - Holds the predictions.
   * @param _ask - Has the weights of an epoch predict the same samples; rejects with a `KernelError`.
   */
  constructor(
    private readonly _results: Results,
    private readonly _kernel: DocumentKernel,
    private readonly _ask: (at: IAt | null) => Promise<IEvaluation>
  ) {
    super(NOTHING);
    _results.changed.connect(this._onResults, this);
    _kernel.attached.connect(this._onAttached, this);
  }

  /** Has another epoch predict the same samples; null for the model as it is now. */
  async compare(at: IAt | null): Promise<void> {
    const about = this._results.value.evaluation;
    const asked = ++this._asked;
    this.set({ ...this.value, share: 0, error: null });
    try {
      const evaluation = await this._ask(at);
      if (asked === this._asked && about === this._results.value.evaluation) {
        this.set({ ...NOTHING, evaluation, at });
        await this._show();
        this._results.choose(this._results.value.cell);
      }
    } catch (reason) {
      if (asked === this._asked) {
        const error = asKerasError(reason);
        const wasStopped = error.code === 'stopped';
        this.set({ ...NOTHING, error: wasStopped ? null : error });
      }
    }
  }

  /** Compares no longer. */
  end(): void {
    this._asked++;
    this.set(NOTHING);
  }

  private async _show(): Promise<void> {
    const asked = this._asked;
    const { confusion, output, slice } = this._results.value;
    const about = this._results.task;
    this._shown = this._subject();
    const ask = (payload: IRequests['result']['payload']) =>
      this._kernel.ready().request('result', { ...payload, output, slice });
    try {
      const config = this._results.atThreshold;
      const comparison = await ask({ class_name: 'comparison', config });
      const label = about?.kind === 'labels' ? this._results.value.of : null;
      const matrix =
        confusion &&
        (await ask({
          class_name: 'confusion',
          config: label === null ? config : { ...config, label },
          whose: 'other'
        }));
      if (asked === this._asked) {
        this.set({
          ...this.value,
          comparison: comparison.kind === 'comparison' ? comparison : null,
          confusion: matrix?.kind === 'confusion' ? matrix : null
        });
      }
    } catch (reason) {
      if (asked === this._asked) {
        this.set({ ...this.value, error: asKerasError(reason) });
      }
    }
  }

  /** Other predictions have nothing beside them; of another output, label or group of samples it is asked again. */
  private _onResults(): void {
    const { evaluation } = this._results.value;
    if (evaluation !== this._of) {
      this._of = evaluation;
      if (this.value !== NOTHING) {
        this.end();
      }
    } else if (this.value.evaluation && this._subject() !== this._shown) {
      this._shown = this._subject();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this._show(), PAUSE);
    }
  }

  private _onAttached(_: DocumentKernel, client: KernelClient | null): void {
    client?.event.connect(this._onEvent, this);
  }

  private _onEvent(_: KernelClient, event: KernelEvent): void {
    if (event.event === 'evaluation' && this.value.share !== null) {
      this.set({ ...this.value, share: event.payload.share });
    }
  }

  private _subject(): string {
    const { output, of, slice, threshold, confusion } = this._results.value;
    return JSON.stringify([output, of, slice, threshold, confusion === null]);
  }

  private _asked = 0;
  private _of: IEvaluation | null = null;
  private _shown = '';
}

/** Milliseconds until the kernel is asked about what is being changed. */
const PAUSE = 150;
