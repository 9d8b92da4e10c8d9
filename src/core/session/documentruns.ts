/** The runs of a document that are kept, and which of them are drawn. */
import { Signal, type ISignal } from '@lumino/signaling';
import { asKerasError, type KernelClient } from '../kernel/kernelclient';
import type {
  IKerasError,
  IKeptCurves,
  IRequests,
  IRuns,
  IRunSummary
} from '../protocol';
import { followedRun, type IDrawnRun, keptRun } from '../runs/drawnrun';
import type { DocumentKernel } from './documentkernel';
import type { DocumentRun } from './documentrun';
import type { IStore } from './store';

/** What people can change of a run. */
export type RunChange = Omit<IRequests['run_change']['payload'], 'ids'>;

/** A change of one run. */
interface IStep {
  id: string;
  change: RunChange;
}

/** The list of runs, asked for when it is first needed; the curves of those that are drawn; and what is done with them. */
export class DocumentRuns implements IStore {
  /**
   * @param _kernel - Keeps them.
   * @param _run - The run that this page follows: it is drawn unless the user hides it.
   */
  constructor(
    private readonly _kernel: DocumentKernel,
    private readonly _run: DocumentRun
  ) {
    _kernel.attached.connect(this._onAttached, this);
    _kernel.runsTold.connect(this._onTold, this);
    _run.changed.connect(this._tell, this);
  }

  /** Null until the list was asked for. */
  get list(): IRuns | null {
    return this._list;
  }

  /** Why what was asked last failed. */
  get error(): IKerasError | null {
    return this._error;
  }

  /** The runs to draw, the one that this page follows first; curves that are on their way are left out. */
  get drawn(): readonly IDrawnRun[] {
    this._drawn ??= this._draw();
    return this._drawn;
  }

  /** Ids of the runs that are drawn. */
  get shown(): ReadonlySet<string> {
    return this._shown;
  }

  /** Whether there is a change to take back. */
  get canUndo(): boolean {
    return this._undo.length > 0;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** The run with an id. */
  find(id: string): IRunSummary | undefined {
    return this._list?.runs.find(run => run.id === id);
  }

  /** Which of the colours of runs one has: the same as long as the page is there. */
  color(run: string): number {
    const color = this._colors.get(run) ?? this._colors.size;
    this._colors.set(run, color);
    return color;
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

  /** Draws the curves of runs, or draws them no more. */
  async show(ids: readonly string[], isShown: boolean): Promise<void> {
    const others = [...this._shown].filter(id => !ids.includes(id));
    ids.forEach(id => isShown || this._kept.delete(id));
    this._shown = new Set(isShown ? [...others, ...ids] : others);
    this._tell();
    await this._fetch();
  }

  /** Renames, notes, hides, deletes or restores runs: one step that `undo` takes back. */
  async change(ids: readonly string[], change: RunChange): Promise<void> {
    const known = [...(this._list?.runs ?? []), ...(this._list?.deleted ?? [])];
    const before = ids.flatMap((id): IStep[] => {
      const run = known.find(one => one.id === id);
      return run ? [{ id, change: this._former(run, change) }] : [];
    });
    await this._attempt(async kernel => {
      const payload = { ids: [...ids], ...change };
      this._take(await kernel.request('run_change', payload));
      this._undo.push(before);
    });
  }

  /** Takes the last change back. */
  async undo(): Promise<void> {
    const steps = this._undo.pop() ?? [];
    await this._attempt(async kernel => {
      for (const { id, change } of steps) {
        const payload = { ids: [id], ...change };
        this._take(await kernel.request('run_change', payload));
      }
    });
  }

  /** Asks something about runs; rejects with a `KernelError`. Starts a kernel where it can. */
  async ask<K extends 'run_difference' | 'run_document' | 'run_export'>(
    type: K,
    payload: IRequests[K]['payload']
  ): Promise<IRequests[K]['result']> {
    return (await this._kernel.started()).request(type, payload);
  }

  private _former(run: IRunSummary, change: RunChange): RunChange {
    const isDeleted = !!this._list?.deleted.includes(run);
    const { name, note, hidden } = run;
    const former = { name, note, hidden, deleted: isDeleted };
    return Object.fromEntries(
      Object.entries(former).filter(([key]) => key in change)
    );
  }

  private _take(list: IRuns): void {
    this._list = list;
    [...list.runs].reverse().forEach(({ run }) => this.color(run));
    const isThere = (id: string): boolean => this.find(id) !== undefined;
    this._shown = new Set([...this._shown].filter(isThere));
    this._showFollowed();
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

  /** Gets the curves that are to be drawn and are not here, and those of the run that goes on: it has new marks. */
  private async _fetch(): Promise<void> {
    const ids = [...this._shown].filter(id => !this._kept.has(id));
    if (ids.length === 0 || !this._kernel.client) {
      return;
    }
    await this._attempt(async kernel => {
      const { runs } = await kernel.request('run_curves', { ids });
      runs.forEach(run => this._kept.set(run.id, run));
    });
  }

  private _draw(): IDrawnRun[] {
    const { history } = this._run;
    const followed = history?.status.run;
    const drawn = [...this._shown].flatMap((id): IDrawnRun[] => {
      const run = this.find(id);
      const kept = this._kept.get(id);
      if (!run) {
        return [];
      }
      const name = { id, name: run.name, color: this.color(run.run) };
      if (history && run.run === followed) {
        return [followedRun(name, history, kept)];
      }
      return kept ? [keptRun(name, kept, run.step)] : [];
    });
    if (history && followed !== undefined && !this._summary(followed)) {
      const { model_name: name } = history.status;
      const color = this.color(followed);
      drawn.push(followedRun({ id: followed, name, color }, history));
    }
    const isFollowed = ({ id }: IDrawnRun): boolean =>
      id === followed || this.find(id)?.run === followed;
    return drawn.sort((a, b) => Number(isFollowed(b)) - Number(isFollowed(a)));
  }

  /** The run in the list that events call by a name. */
  private _summary(run: string): IRunSummary | undefined {
    return this._list?.runs.find(one => one.run === run);
  }

  /** A run that began is drawn, once. */
  private _showFollowed(): void {
    const run = this._run.history?.status.run;
    const id = run !== undefined ? this._summary(run)?.id : undefined;
    if (id !== undefined && id !== this._begun) {
      this._begun = id;
      this._shown = new Set([id, ...this._shown]);
    }
  }

  private _onTold(): void {
    // A run that goes on has other points by now, and perhaps marks.
    for (const run of this._list?.runs ?? []) {
      if (run.ended === null) {
        this._kept.delete(run.id);
      }
    }
    if (this._isFollowed) {
      void this.follow();
    }
  }

  private _onAttached(_: DocumentKernel, client: KernelClient | null): void {
    this._undo.length = 0;
    if (client && this._isFollowed) {
      void this.follow();
    }
  }

  private _tell(): void {
    this._drawn = null;
    this._changed.emit();
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _kept = new Map<string, IKeptCurves>();
  private readonly _colors = new Map<string, number>();
  private readonly _undo: IStep[][] = [];
  private _list: IRuns | null = null;
  private _error: IKerasError | null = null;
  private _shown: ReadonlySet<string> = new Set();
  private _drawn: IDrawnRun[] | null = null;
  private _begun: string | null = null;
  private _isFollowed = false;
}
