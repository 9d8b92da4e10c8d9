/** The runs of a document that are kept, and which of them are drawn. */
import { Signal, type ISignal } from '@lumino/signaling';
import { asKerasError, type KernelClient } from '../kernel/kernelclient';
import type {
  IKerasError,
  IRequests,
  IRunDifference,
  IRuns,
  IRunSummary
} from '../protocol';
import type { IDrawnRun } from '../runs/drawnrun';
import { runLabel } from '../runs/runlabel';
import type { DocumentKernel } from './documentkernel';
import type { DocumentRun } from './documentrun';
import { ShownRuns } from './shownruns';
import type { IStore } from './store';

/** What people can change of a run. */
export type RunChange = Omit<IRequests['run_change']['payload'], 'ids'>;

/** Two runs that are compared. */
export interface IComparison {
  before: string;
  after: string;
  /** Null while it is on its way. */
  difference: IRunDifference | null;
}

/** What takes a change back. */
interface IStep {
  changes: { id: string; change: RunChange }[];
  /** Names of the runs that were deleted; null where it was another change. */
  deleted: readonly string[] | null;
}

/** The list of runs, asked for when it is first needed; the curves of those that are drawn; and what is done with them. */
export class DocumentRuns implements IStore {
  /**
   * @param _kernel - Keeps them.
   * @param run - The run that this page follows: it is drawn unless the user hides it.
   */
  constructor(
    private readonly _kernel: DocumentKernel,
    run: DocumentRun
  ) {
    this._shown = new ShownRuns(() => run.history);
    _kernel.attached.connect(this._onAttached, this);
    _kernel.runsTold.connect(this._onTold, this);
    run.changed.connect(this._tell, this);
  }

  /** Null until the list was asked for. */
  get list(): IRuns | null {
    return this._list;
  }

  /** Why what was asked last failed. */
  get error(): IKerasError | null {
    return this._error;
  }

  /** What to draw, the run that this page follows first; curves that are on their way are left out. */
  get drawn(): readonly IDrawnRun[] {
    return this._shown.drawn;
  }

  /** Ids of the runs that are drawn. */
  get shown(): ReadonlySet<string> {
    return this._shown.ids;
  }

  /** The runs that are compared; null where none are. */
  get comparison(): IComparison | null {
    return this._comparison;
  }

  /** Whether there is a change to take back. */
  get canUndo(): boolean {
    return this._undo.length > 0;
  }

  /** Names of the runs that the last change has deleted; null where it was another one. */
  get lastDeleted(): readonly string[] | null {
    return this._undo.at(-1)?.deleted ?? null;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Which of the colours of runs one has: the same as long as the page is there. */
  color(run: string): number {
    return this._shown.color(run);
  }

  /**
   * Has the list asked for, now or as soon as there is a kernel, and again whenever it changes.
   *
   * @param isStarting - Whether to start a kernel where there is none.
   */
  async follow(isStarting = false): Promise<void> {
    this._isFollowed = true;
    if (isStarting || this._kernel.client) {
      await this._attempt(async kernel => {
        this._take(await kernel.request('runs', {}));
      });
    }
  }

  /**
   * Lists the runs of other documents, too.
   *
   * @param folder - Where they are, from the folder of the document.
   */
  async take(folder: string): Promise<void> {
    await this._attempt(async kernel => {
      this._take(await kernel.request('take_runs', { folder }));
    });
  }

  /** Lists the runs of a folder that was taken no more. */
  async leave(folder: string): Promise<void> {
    await this._attempt(async kernel => {
      this._take(await kernel.request('leave_runs', { folder }));
    });
  }

  /** Stops, pauses or resumes runs, whoever trains them. */
  async control(
    ids: readonly string[],
    action: IRequests['run_control']['payload']['action']
  ): Promise<void> {
    await this._attempt(async kernel => {
      await kernel.request('run_control', { ids: [...ids], action });
    });
  }

  /** Draws the curves of runs, or draws them no more. */
  async show(ids: readonly string[], isShown: boolean): Promise<void> {
    this._shown.show(ids, isShown);
    this._tell();
    await this._fetch();
  }

  /** Renames, notes, hides, deletes or restores runs: one step that `undo` takes back. */
  async change(ids: readonly string[], change: RunChange): Promise<void> {
    const { runs = [], deleted = [] } = this._list ?? {};
    const known = [...runs, ...deleted].filter(({ id }) => ids.includes(id));
    const step: IStep = {
      changes: known.map(run => ({
        id: run.id,
        change: former(run, deleted.includes(run), change)
      })),
      deleted: change.deleted ? known.map(runLabel) : null
    };
    await this._attempt(async kernel => {
      const payload = { ids: [...ids], ...change };
      const list = await kernel.request('run_change', payload);
      this._undo.push(step);
      this._take(list);
    });
  }

  /** Takes the last change back. */
  async undo(): Promise<void> {
    const { changes = [] } = this._undo.pop() ?? {};
    await this._attempt(async kernel => {
      for (const { id, change } of changes) {
        const payload = { ids: [id], ...change };
        this._take(await kernel.request('run_change', payload));
      }
    });
  }

  /** Draws two runs, the earlier one first, and asks what differs between them. */
  async compare(one: string, other: string): Promise<void> {
    const ids = (this._list?.runs ?? []).map(({ id }) => id);
    const [before, after] = [one, other].sort(
      (a, b) => ids.indexOf(b) - ids.indexOf(a)
    );
    const comparison = { before, after, difference: null };
    this._comparison = comparison;
    await Promise.all([
      this.show([before, after], true),
      this._attempt(async kernel => {
        const pair = { before, after };
        const difference = await kernel.request('run_difference', pair);
        if (this._comparison === comparison) {
          this._comparison = { ...pair, difference };
        }
      })
    ]);
  }

  /** Compares no more. */
  endComparison(): void {
    this._comparison = null;
    this._tell();
  }

  /** Asks something about runs; rejects with a `KernelError`. Starts a kernel where it can. */
  async ask<K extends 'run_document' | 'run_export' | 'run_code'>(
    type: K,
    payload: IRequests[K]['payload']
  ): Promise<IRequests[K]['result']> {
    return (await this._kernel.started()).request(type, payload);
  }

  private _take(list: IRuns): void {
    this._list = list;
    this._shown.take(list.runs);
    const isThere = (id: string): boolean =>
      list.runs.some(run => run.id === id);
    const { before = null, after = null } = this._comparison ?? {};
    if ([before, after].some(id => id !== null && !isThere(id))) {
      this._comparison = null;
    }
    this._tell();
    void this._fetch();
  }

  private async _attempt(
    action: (kernel: KernelClient) => Promise<void>
  ): Promise<void> {
    try {
      await action(await this._kernel.started());
      this._error = null;
    } catch (error) {
      this._error = asKerasError(error);
    }
    this._tell();
  }

  private async _fetch(): Promise<void> {
    if (this._shown.isMissing && this._kernel.client) {
      await this._attempt(kernel => this._shown.fetch(kernel));
    }
  }

  private _onTold(): void {
    this._shown.outdate();
    if (this._isFollowed) {
      void this.follow();
    }
  }

  private _onAttached(_: DocumentKernel, client: KernelClient | null): void {
    this._undo.length = 0;
    if (client && this._isFollowed) {
      // A fresh kernel does not know which others were looked at.
      const others = this._list?.others ?? [];
      void this.follow().then(() =>
        others
          .filter(folder => !this._list?.others.includes(folder))
          .forEach(folder => void this.take(folder))
      );
    }
  }

  private _tell(): void {
    this._shown.refresh();
    this._changed.emit();
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _undo: IStep[] = [];
  private _list: IRuns | null = null;
  private _error: IKerasError | null = null;
  private readonly _shown: ShownRuns;
  private _comparison: IComparison | null = null;
  private _isFollowed = false;
}

/** What a run was in the things that a change is about. */
function former(
  { name, note, hidden }: IRunSummary,
  deleted: boolean,
  change: RunChange
): RunChange {
  const all = { name, note, hidden, deleted };
  return Object.fromEntries(
    Object.entries(all).filter(([key]) => key in change)
  );
}
