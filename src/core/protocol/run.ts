// Written by `make protocol` from kerasviz/protocol; change it there.
/** What the messages say about runs. */

import type { Sentence } from '../translation';
import type { IKerasError } from './errors';

/** Where a run is; `waiting` is for the device, which another run uses. */
export type RunState = 'waiting' | 'building' | 'training' | 'paused' | 'stopping' | 'finished' | 'stopped' | 'failed' | 'lost';

/** A number that was changed while a run trained, from `before` to `after`. */
export interface IAdjustment {
  /**
   * Name of the argument, such as "momentum"; behind that of its layer or output where it has one, such as
   * "drop/rate" and "loss_weights/price".
   */
  what: string;
  before: number;
  after: number;
}

/** Something that happened at one point of a run, such as another learning rate. */
export interface IMark {
  /** Machine-readable: `change` of a number that the run trains with, ... */
  kind: string;
  /** Batches that were done. */
  step: number;
  epoch: number;
  seconds: number;
  sentence: Sentence;
  /** Of the kind `change`: the next batch is the first with it. */
  adjustment?: IAdjustment;
}

/** By what the trials of a sweep are compared. */
export interface IJudged {
  metric: string;
  /** Whether more or less of it is better. */
  better: 'up' | 'down';
}

/** Which trial of a sweep a run is. */
export interface ITrialStatus {
  /** What the trials of the sweep have in common. */
  group: string;
  /** From 1. */
  number: number;
  trials: number;
  /** What trials are compared by, once an epoch tells. */
  judged?: IJudged;
}

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
  steps_per_epoch: number | null;
  elapsed: number;
  /** Seconds to go, or null while unknown. */
  remaining: number | null;
  error: IKerasError | null;
  /** What the user should know and is no error, e.g. "digits reshaped from (8, 8, 1) to (64,)". */
  notes: Sentence[];
  /** What happened on the way, in its order; of much the latest. */
  marks: IMark[];
  /** True for a run of an earlier kernel, which was found in its folder. */
  kept?: boolean;
  /** Batches that were done as the layers were measured last. Where it changes, ask for `statistics`. */
  measured?: number;
  /** Where the run is one of a sweep. */
  trial?: ITrialStatus;
  /** What a run that is to stop waits for. */
  awaits?: Sentence;
  /** Seconds since that was asked of it. */
  awaited?: number;
  /** Of a run that waits: runs on this device, of any kernel, that come before it. */
  ahead?: number;
  /** Where it trains, as a plan has it, where that is a process of its own: that can be ended at once. */
  place?: string;
  /** What Keras computes with there. */
  backend?: string;
}

/** Points of one curve. */
export interface ISeries {
  x: number[];
  /** Null where the value was not a finite number. */
  y: (number | null)[];
}

/** Curves by metric name. Validation metrics are named `val_...`, as Keras names them. */
export interface ICurves {
  /** `x` counts batches. */
  batch: { [key: string]: ISeries };
  /** `x` counts epochs from 1. */
  epoch: { [key: string]: ISeries };
}

/** A whole run, as `hello` gives it. */
export interface IRunJSON {
  status: IRunStatus;
  curves: ICurves;
}

/** A whole run, as `history` gives it. */
export interface IRunSnapshot extends IRunJSON {
  /** The number of the last event that it holds. */
  seq: number;
}

/** A backup of a run whose kernel died, beside the document: `epoch` of `epochs` were finished. */
export interface IBackup {
  file: string;
  epoch: number;
  epochs: number;
}

/** Where weights start: where training left them, as new ones, or in the backup of a kernel that died. */
export type TrainStart = 'trained' | 'fresh' | 'backup';

/** Begins a run of the plan that stands in the document. */
export interface ITrainPayload {
  /** Keras JSON. */
  document: string;
  start: TrainStart;
  /** A variable that the trained model may replace, whatever it holds: the user was asked. */
  replace?: string;
  /** Holds at the end of the first batch or epoch. */
  until?: 'batch' | 'epoch';
}

/** A place to get ready. */
export interface IWarmPayload {
  /** As a plan has it, as JSON. */
  place: string;
}

/** The variable for the trained model holds something that is not from the document. */
export interface ITakenName {
  name: string;
  /** Another name, which is free. */
  free: string;
  /** What it holds. */
  sentence: Sentence;
}

/** The run that began, or why it did not yet: the user is asked for the name of the trained model. */
export interface IBegun {
  run: string | null;
  taken: ITakenName | null;
}

/** A learning-rate range test: where it stands, and what it has measured so far. */
export interface IRateTest {
  state: RunState;
  /** How many it will train on at most. */
  batches: number;
  /** One for each batch that is done, growing. */
  rates: number[];
  /** Of each batch alone. */
  losses: (number | null)[];
  /** The losses without their noise; as many as are finite. */
  smoothed: number[];
  /** The rate to train with; null while it goes on, and where the loss fell at no rate. */
  proposed: number | null;
  /** Why, or why none; empty while it goes on. */
  reason: Sentence;
  error: IKerasError | null;
}

/** The range test that was begun last is further. */
export interface IRateTestEvent {
  test: IRateTest;
}

/** Begins the sweep that stands in the document. */
export interface ISweepPayload {
  /** Keras JSON. */
  document: string;
  /** Whether it is the last sweep, of which some trials were trained. */
  go_on?: boolean;
}

/** Names a run. */
export interface IRunPayload {
  run: string;
}

/** Asks something of a run, over the control channel where there is one: it must not wait in any queue. */
export interface IControlPayload {
  run: string;
  /** `one_batch` and `one_epoch` go on, and hold again at the end of it; `end` ends a process at once. */
  action: 'stop' | 'pause' | 'resume' | 'one_batch' | 'one_epoch' | 'change' | 'end';
  /** Of `change`: an `Adjustable` of the run. */
  what?: string;
  /** Of `change`. */
  value?: number;
}

/** A number that can be changed while a run trains. */
export interface IAdjustable {
  /** As `Adjustment` has it. */
  what: string;
  value: number;
  /** Why it can't be changed. */
  fixed: Sentence | null;
}

/** The numbers of a run that trains; none where it does not. */
export interface IAdjustableResult {
  values: IAdjustable[];
}

/** A run's state, and the points since the last event. */
export interface IRunEvent {
  status: IRunStatus;
  curves: ICurves;
}

/** What a kernel that died has left of the last run, told after each `hello`. */
export interface IBackupEvent {
  /** Null where there is nothing. */
  backup: IBackup | null;
}
