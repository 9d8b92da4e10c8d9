/** One run as the page knows it. */
import type {
  ICurves,
  IEvents,
  IRunJSON,
  IRunStatus,
  ISeries,
  RunState
} from '../protocol';
import { BoundedSeries } from './boundedseries';
import type { IRunClock } from './drawnrun';

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

  /** Which run it is and how far it has come, as text. */
  get place(): string {
    const { run, step, state } = this._status;
    return `${run} ${step} ${state}`;
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
          ? this._extended('seconds', here, null)
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
        const epoch = kind === 'batch' ? this._status.steps_per_epoch : null;
        curves.set(metric, this._extended(`${kind} ${metric}`, points, epoch));
      }
    }
    return Object.fromEntries(curves);
  }

  private _extended(key: string, more: ISeries, epoch: number | null): ISeries {
    const known = this._bounded.get(key) ?? new BoundedSeries();
    this._bounded.set(key, known);
    known.extend(more, epoch);
    return known.series;
  }

  private _status: IRunStatus;
  private _curves: ICurves = { batch: {}, epoch: {} };
  private _clock: IRunClock = { ends: NOTHING, seconds: NOTHING };
  private readonly _bounded = new Map<string, BoundedSeries>();
}
