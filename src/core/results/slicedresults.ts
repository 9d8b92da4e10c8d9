import { asKerasError } from '../kernel/kernelclient';
import type { IEvaluation, IKerasError, ISlices } from '../protocol';
import type { DocumentKernel } from '../session/documentkernel';
import { FollowingStore } from '../session/followingstore';
import type { Results } from './results';

/** How well the model does on groups of samples. */
export interface ISlicedResults {
  /** Whose values tell the groups apart; null where nobody asked. */
  column: string | null;
  slices: ISlices | null;
  error: IKerasError | null;
}

const NOTHING: ISlicedResults = { column: null, slices: null, error: null };

/** Tells samples apart by a column of the table; it is remembered for the next evaluation. */
export class SlicedResults extends FollowingStore<ISlicedResults> {
  constructor(
    private readonly _results: Results,
    private readonly _kernel: DocumentKernel
  ) {
    super(NOTHING);
    _results.changed.connect(this._onResults, this);
  }

  /** Tells samples apart by another column; null ends it. */
  async choose(column: string | null): Promise<void> {
    this.set({ ...NOTHING, column });
    await this._ask();
  }

  private async _ask(): Promise<void> {
    const { column } = this.value;
    const asked = ++this._asked;
    this._shown = this._subject();
    if (column === null || !this._results.task?.has_truth) {
      return;
    }
    const { output } = this._results.value;
    const config = { column, ...this._results.atThreshold };
    let found: Partial<ISlicedResults>;
    try {
      const payload = { class_name: 'slices', config, output };
      const answer = await this._kernel.ready().request('result', payload);
      found = { slices: answer.kind === 'slices' ? answer : null };
    } catch (reason) {
      found = { slices: null, error: asKerasError(reason) };
    }
    if (asked === this._asked) {
      this.set({ ...this.value, error: null, ...found });
    }
  }

  private _onResults(): void {
    const { evaluation } = this._results.value;
    if (evaluation !== this._of) {
      this._of = evaluation;
      const { column } = this.value;
      if (column === null) {
        return;
      }
      const isThere = evaluation?.columns.includes(column) ?? false;
      this.set({ ...NOTHING, column: isThere ? column : null });
      void this._ask();
    } else if (this.value.column !== null && this._subject() !== this._shown) {
      this._shown = this._subject();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this._ask(), PAUSE);
    }
  }

  private _subject(): string {
    const { output, threshold } = this._results.value;
    return JSON.stringify([output, threshold]);
  }

  private _asked = 0;
  private _of: IEvaluation | null = null;
  private _shown = '';
}

/** Milliseconds until the kernel is asked about what is being changed. */
const PAUSE = 150;
