/** What the messages say about runs; `kerasviz/protocol.py` is the other side. */
import type { IKerasError } from '.';
import type { Sentence } from '../translation';

export type RunState =
  /** For the device, which another run uses. */
  | 'waiting'
  | 'building'
  | 'training'
  | 'paused'
  | 'stopping'
  | 'finished'
  | 'stopped'
  | 'failed'
  | 'lost';

/** Where a run stands. Times are seconds. */
export interface IRunStatus {
  run: string;
  state: RunState;
  model_name: string;
  device: string;
  epoch: number;
  epochs: number;
  /** Batches done in all epochs together. */
  step: number;
  /** Batches in one epoch. */
  steps_per_epoch: number | null;
  elapsed: number;
  /** Seconds to go, or null while unknown. */
  remaining: number | null;
  error: IKerasError | null;
  /** What the user should know and is no error, e.g. "digits reshaped from (8, 8, 1) to (64,)". */
  notes: Sentence[];
}

/** Points of one curve; `y` is null where the value was not a finite number. */
export interface ISeries {
  x: number[];
  y: (number | null)[];
}

/** Curves by metric name. Batch curves count `x` in batches, epoch curves in epochs from 1. */
export interface ICurves {
  batch: { [metric: string]: ISeries };
  /** Validation metrics are named `val_...`, as Keras names them. */
  epoch: { [metric: string]: ISeries };
}

/** A backup of a run whose kernel died, beside the document: `epoch` of `epochs` were finished. */
export interface IBackup {
  file: string;
  epoch: number;
  epochs: number;
}

/** A whole run, as `hello` and `history` give it. */
export interface IRun {
  status: IRunStatus;
  curves: ICurves;
}
