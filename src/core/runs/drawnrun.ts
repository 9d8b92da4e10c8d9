/** A run as charts draw it: under way, or kept. */
import type { ICurves, IKeptCurves, IMark, ISeries } from '../protocol';
import type { RunHistory } from './runhistory';

/** When a run was where. */
export interface IRunClock {
  /** `x` counts epochs from 1, `y` the batches that were done at its end. */
  ends: ISeries;
  /** `x` counts batches, `y` seconds of training. */
  seconds: ISeries;
}

/** A run whose curves are drawn. */
export interface IDrawnRun {
  id: string;
  /** For people. */
  name: string;
  /** Which of the colours of runs it has. */
  color: number;
  curves: ICurves;
  clock: IRunClock;
  marks: readonly IMark[];
  /** Batches so far: all charts end there, also that of a metric that only epochs have. */
  step: number;
  /** Whether this page follows it: what is found in a run is found in this one. */
  isFollowed?: true;
}

/** What a run has beside its curves. */
export type DrawnName = Pick<IDrawnRun, 'id' | 'name' | 'color'>;

/** A run that this page follows; what is kept of it tells what was before the page came. */
export function followedRun(
  name: DrawnName,
  { status, curves, clock }: RunHistory,
  kept?: IKeptCurves
): IDrawnRun {
  return {
    ...name,
    curves,
    clock: kept
      ? {
          ends: clock.ends.x.length > 0 ? clock.ends : kept.clock.ends,
          seconds: continued(kept.clock.batch, clock.seconds)
        }
      : clock,
    marks: status.marks,
    step: status.step,
    isFollowed: true
  };
}

/** A run of which all is kept. */
export function keptRun(
  name: DrawnName,
  { curves, clock, marks }: IKeptCurves,
  step: number
): IDrawnRun {
  return {
    ...name,
    curves,
    clock: { ends: clock.ends, seconds: clock.batch },
    marks,
    step
  };
}

/** A series, and behind its end another one. */
function continued(series: ISeries, more: ISeries): ISeries {
  const end = series.x.at(-1) ?? -Infinity;
  const isNew = (_: unknown, i: number): boolean => more.x[i] > end;
  return {
    x: [...series.x, ...more.x.filter(isNew)],
    y: [...series.y, ...more.y.filter(isNew)]
  };
}
