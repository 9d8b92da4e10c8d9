/** One run as the page knows it. */
import type {
  ICurves,
  IEvents,
  IRunJSON,
  IRunStatus,
  ISeries,
  RunState
} from '../protocol';
import type { IRunClock } from './drawnrun';

/** A longer series keeps every second of its points, then every fourth, and so on. */
export const MAX_POINTS = 5000;

const NOTHING: ISeries = { x: [], y: [] };

const ENDED: readonly RunState[] = ['finished', 'stopped', 'failed', 'lost'];

/** The status and the curves of one run. Both are replaced, never changed, so that views see what is new. */
export class RunHistory {
  constructor(run: IRunJSON) {
    this._status = run.status;
    this._append(run.curves);
    this._tick();
  }

  get status(): IRunStatus {
    return this._status;
  }

  /** A series that got no points is the same object as before. */
  get curves(): ICurves {
    return this._curves;
  }

  /** How far it was when, as far as this page saw it. */
  get clock(): IRunClock {
    return this._clock;
  }

  /** Whether the run is not finished. */
  get isActive(): boolean {
    return !ENDED.includes(this._status.state);
  }

  /** Takes in an event of this run. */
  apply(event: IEvents['run']): void {
    this._status = event.status;
    this._append(event.curves);
    this._tick();
  }

  /** Marks a run as lost whose kernel died. */
  lose(): void {
    if (this.isActive) {
      this._status = { ...this._status, state: 'lost', remaining: null };
    }
  }

  /** Notes when the run is where it is. */
  private _tick(): void {
    const { step, elapsed, steps_per_epoch } = this._status;
    const { ends, seconds } = this._clock;
    const isKnown = ends.y[0] === (steps_per_epoch ?? undefined);
    const here = { x: [step], y: [elapsed] };
    this._clock = {
      ends: isKnown
        ? ends
        : steps_per_epoch === null
          ? NOTHING
          : { x: [1], y: [steps_per_epoch] },
      seconds:
        step > (seconds.x.at(-1) ?? 0)
          ? this._thinned('seconds', seconds, here)
          : seconds
    };
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
  private _clock: IRunClock = { ends: NOTHING, seconds: NOTHING };
  /** For each series: one point in `step` is kept, of `count`. */
  private readonly _steps = new Map<string, { step: number; count: number }>();
}

function isEven(_: unknown, index: number): boolean {
  return index % 2 === 0;
}
