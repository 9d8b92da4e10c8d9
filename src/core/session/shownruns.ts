/** Which of the runs that are kept are drawn, and their curves. */
import type { KernelClient } from '../kernel/kernelclient';
import type { IKeptCurves, IRunSummary } from '../protocol';
import { followedRun, type IDrawnRun, keptRun } from '../runs/drawnrun';
import { runLabel } from '../runs/runlabel';
import type { RunHistory } from '../runs/runhistory';

/** With more runs a chart is a picture of many lines: neither batches nor marks of epochs could be told apart. */
const CROWD = 8;

/** Whether so many runs are drawn that only lines can be told apart. */
export function isCrowd(count: number): boolean {
  return count > CROWD;
}

/** The runs to draw. Curves are asked for when they are first drawn. */
export class ShownRuns {
  /** @param _followed - The run that this page follows: it is drawn unless the user hides it. */
  constructor(private readonly _followed: () => RunHistory | null) {}

  /** Ids of the runs that are drawn. */
  get ids(): ReadonlySet<string> {
    return this._ids;
  }

  /** What to draw, the run that this page follows first; curves that are on their way are left out. */
  get drawn(): readonly IDrawnRun[] {
    this._drawn ??= this._draw();
    return this._drawn;
  }

  /** Which of the colours of runs one has: the same as long as the page is there. */
  color(run: string): number {
    const color = this._colors.get(run) ?? this._colors.size;
    this._colors.set(run, color);
    return color;
  }

  /** Draws runs, or draws them no more. */
  show(ids: readonly string[], isShown: boolean): void {
    const others = [...this._ids].filter(id => !ids.includes(id));
    this._ids = new Set(isShown ? [...others, ...ids] : others);
    ids.forEach(id => isShown || this._kept.delete(id));
    this.refresh();
  }

  /** Takes the list of runs: what is gone is drawn no more, and a run that began is drawn, once. */
  take(list: readonly IRunSummary[]): void {
    this._list = list;
    [...list].reverse().forEach(({ run }) => this.color(run));
    const isThere = (id: string): boolean => list.some(run => run.id === id);
    this._ids = new Set([...this._ids].filter(isThere));
    const run = this._followed()?.status.run;
    const id = list.find(one => one.run === run)?.id;
    if (id !== undefined && id !== this._begun) {
      this._begun = id;
      this._ids = new Set([id, ...this._ids]);
    }
    this.refresh();
  }

  /** Has the curves of runs that go on asked for again: they have other points by now, and perhaps marks. */
  outdate(): void {
    this._list
      .filter(({ ended }) => ended === null)
      .forEach(({ id }) => this._outdated.add(id));
  }

  /** Has everything drawn again. */
  refresh(): void {
    this._drawn = null;
  }

  /** Whether curves are to be drawn that are not here. */
  get isMissing(): boolean {
    return this._missing.length > 0;
  }

  /** Gets the curves that are to be drawn and are not here. */
  async fetch(kernel: KernelClient): Promise<void> {
    const ids = this._missing;
    ids.forEach(id => this._outdated.delete(id));
    const epochs_only = isCrowd(this._ids.size);
    const payload = epochs_only ? { ids, epochs_only } : { ids };
    const { runs } = await kernel.request('run_curves', payload);
    for (const run of runs) {
      this._kept.set(run.id, run);
      this._withoutBatches.delete(run.id);
      if (epochs_only) {
        this._withoutBatches.add(run.id);
      }
    }
    this.refresh();
  }

  /** Runs whose curves are to be drawn, and are not here as they are now. */
  private get _missing(): string[] {
    const needBatches = !isCrowd(this._ids.size);
    return [...this._ids].filter(
      id =>
        !this._kept.has(id) ||
        this._outdated.has(id) ||
        (needBatches && this._withoutBatches.has(id))
    );
  }

  private _draw(): IDrawnRun[] {
    const history = this._followed();
    const followed = history?.status.run;
    const summary = this._list.find(one => one.run === followed);
    const drawn = [...this._ids].flatMap((id): IDrawnRun[] => {
      const run = this._list.find(one => one.id === id);
      const kept = this._kept.get(id);
      if (!run) {
        return [];
      }
      const color = this.color(run.run);
      const name = { id, name: runLabel(run), color };
      if (history && run === summary) {
        return [followedRun(name, history, kept)];
      }
      return kept ? [keptRun(name, kept, run.step)] : [];
    });
    if (history && followed !== undefined && !summary) {
      const { model_name: name } = history.status;
      const color = this.color(followed);
      drawn.push(followedRun({ id: followed, name, color }, history));
    }
    const isFollowed = ({ id }: IDrawnRun): boolean =>
      id === (summary?.id ?? followed);
    return drawn.sort((a, b) => Number(isFollowed(b)) - Number(isFollowed(a)));
  }

  private readonly _kept = new Map<string, IKeptCurves>();
  private readonly _outdated = new Set<string>();
  private readonly _withoutBatches = new Set<string>();
  private readonly _colors = new Map<string, number>();
  private _list: readonly IRunSummary[] = [];
  private _ids: ReadonlySet<string> = new Set();
  private _drawn: IDrawnRun[] | null = null;
  private _begun: string | null = null;
}
