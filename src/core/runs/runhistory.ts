/** One run as the page knows it. */
import type {
  ICurves,
  IEvents,
  IRunJSON,
  IRunStatus,
  ISeries,
  RunState
} from '../protocol';

/** A longer series keeps every second of its points, then every fourth, and so on. */
export const MAX_POINTS = 5000;

const ENDED: readonly RunState[] = ['finished', 'stopped', 'failed', 'lost'];

/** The status and the curves of one run. Both are replaced, never changed, so that views see what is new. */
export class RunHistory {
  constructor(run: IRunJSON) {
    this._status = run.status;
    this._append(run.curves);
  }

  get status(): IRunStatus {
    return this._status;
  }

  /** A series that got no points is the same object as before. */
  get curves(): ICurves {
    return this._curves;
  }

  /** Whether the run is not finished. */
  get isActive(): boolean {
    return !ENDED.includes(this._status.state);
  }

  /** Takes in an event of this run. */
  apply(event: IEvents['run']): void {
    this._status = event.status;
    this._append(event.curves);
  }

  /** Marks a run as lost whose kernel died. */
  lose(): void {
    if (this.isActive) {
      this._status = { ...this._status, state: 'lost', remaining: null };
    }
  }

  private _append({ batch, epoch }: ICurves): void {
    this._curves = {
      batch: this._appended('batch', batch),
      epoch: this._appended('epoch', epoch)
    };
  }

  private _appended(
    kind: keyof ICurves,
    more: ICurves['batch']
  ): ICurves['batch'] {
    const curves = new Map(Object.entries(this._curves[kind]));
    for (const [metric, points] of Object.entries(more)) {
      if (points.x.length > 0 || !curves.has(metric)) {
        const known = curves.get(metric) ?? { x: [], y: [] };
        curves.set(metric, this._thinned(`${kind} ${metric}`, known, points));
      }
    }
    return Object.fromEntries(curves);
  }

  /** The points with some more, not more than `MAX_POINTS` of them, evenly apart. */
  private _thinned(key: string, known: ISeries, more: ISeries): ISeries {
    let { step, count } = this._steps.get(key) ?? { step: 1, count: 0 };
    const fits = (_: unknown, i: number): boolean => (count + i) % step === 0;
    let x = [...known.x, ...more.x.filter(fits)];
    let y = [...known.y, ...more.y.filter(fits)];
    count += more.x.length;
    while (x.length > MAX_POINTS) {
      x = x.filter(isEven);
      y = y.filter(isEven);
      step *= 2;
    }
    this._steps.set(key, { step, count });
    return { x, y };
  }

  private _status: IRunStatus;
  private _curves: ICurves = { batch: {}, epoch: {} };
  /** For each series: one point in `step` is kept, of `count`. */
  private readonly _steps = new Map<string, { step: number; count: number }>();
}

function isEven(_: unknown, index: number): boolean {
  return index % 2 === 0;
}
