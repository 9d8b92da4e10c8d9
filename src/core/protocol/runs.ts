// Written by `make protocol` from kerasviz/protocol; change it there.
/** What the messages say about the runs of a document that are kept, each in a folder beside it. */

import type { Sentence } from '../translation';
import type { IKerasError } from './errors';
import type { ICurves, IJudged, IMark, ISeries, RunState } from './run';

/** The best value of a metric, and the epoch that it was reached in. */
export interface IBest {
  value: number;
  epoch: number;
}

/** One run in the list. Times are seconds since 1970. */
export interface IRunSummary {
  /** Name of its folder, by which the other requests ask for it; of another document's, the path of that. */
  id: string;
  /** What the events `run` call it, while it is trained here. */
  run: string;
  /** For people; that of its folder until the user gives it another one. */
  name: string;
  /** What the user wrote about it; may have several lines. */
  note: string;
  /** `lost` where nobody writes it any more, although it did not end. */
  state: RunState;
  /** Whether its curves are not to be drawn. */
  hidden: boolean;
  /** Runs that belong together, such as the trials of a sweep, have the same one. */
  group: string | null;
  /** What a trial of a sweep tries, by the name of each value; empty for other runs. */
  values: { [key: string]: string | number };
  /** By what a trial is compared with others; null for other runs, and before an epoch tells. */
  judged: IJudged | null;
  started: number;
  ended: number | null;
  /** Seconds that it has trained, pauses left out. */
  elapsed: number;
  device: string;
  epoch: number;
  epochs: number;
  step: number;
  /** Of the model; null until it is built. */
  parameters: number | null;
  /** By metric, for those of which Keras tells whether more or less is better. */
  best: { [key: string]: IBest };
  /** The values of the last epoch, by metric; null where one was not a finite number. */
  last: { [key: string]: number | null };
  /** What was changed since the run before it; empty for the first one, and where nothing was. */
  changes: Sentence[];
  error: IKerasError | null;
  /** What it takes on the disk, with its checkpoints. */
  bytes: number;
  /** Of a run of another document, which is only looked at: where that is. */
  origin?: string;
}

/** The runs of a document, the latest first. */
export interface IRuns {
  runs: IRunSummary[];
  /** Those that can still be restored. */
  deleted: IRunSummary[];
  /** The folder that they are in, for people; empty where none can be kept. */
  where: string;
  /** Folders whose runs are listed, too, from the folder of the document. */
  others: string[];
}

/** A folder with runs of other documents, or tables of epochs as `CSVLogger` writes them, at any depth. */
export interface IRunsFolder {
  /** From the folder of the document. */
  folder: string;
}

/** Asks something of runs, whatever process trains them: they hear it within a second. */
export interface IRunControlPayload {
  ids: string[];
  action: 'stop' | 'pause' | 'resume';
}

/** The list of runs is another one: ask for it again. Curves that grow come as `run`. */
export interface IRunsEvent {
  count: number;
}

/** Names runs by their ids. */
export interface IRunIds {
  ids: string[];
}

/** When points of a run were reached; seconds from its start, pauses left out. */
export interface IClock {
  /** `x` counts batches, `y` seconds; a few a second, the rest lies between. */
  batch: ISeries;
  /** `x` counts epochs from 1, `y` seconds. */
  epoch: ISeries;
  /** `x` counts epochs from 1, `y` the batches that were done at its end. */
  ends: ISeries;
}

/** All that is drawn of one run. */
export interface IKeptCurves {
  id: string;
  curves: ICurves;
  clock: IClock;
  marks: IMark[];
}

/** Asks for curves. */
export interface ICurvesPayload extends IRunIds {
  /** Leaves the points of batches out, where so many runs are drawn that they would not be seen. */
  epochs_only?: boolean;
}

/** The curves of the runs that were asked for, in that order; one that is gone is left out. */
export interface IAllCurves {
  runs: IKeptCurves[];
}

/** Changes what people say of runs, or removes them. Only what is given is changed. */
export interface IRunChangePayload {
  ids: string[];
  /** Empty for the name of the folder. */
  name?: string;
  note?: string;
  hidden?: boolean;
  /** True moves them to the trash beside them, from which false brings them back. */
  deleted?: boolean;
}

/** Two runs to compare: what changed from the first to the second. */
export interface IRunPair {
  before: string;
  after: string;
}

/** One value that is another one, as people read it: `0.001`, `relu`; null where it is not set. */
export interface IChanged {
  /** Its path: `optimizer.learning_rate`, `fit.epochs`. */
  key: string;
  before: string | null;
  after: string | null;
}

/** One layer that is not the same in both runs. */
export interface ILayerChange {
  kind: 'added' | 'removed' | 'changed';
  /** Its name; names of models that it is inside of stand before it, with `/`. */
  layer: string;
  class_name: string;
  /** Of one that changed; `inputs` where it is connected otherwise. */
  arguments: IChanged[];
}

/** The last and the best value of a metric in both runs. */
export interface IFinalValues {
  metric: string;
  before: number | null;
  after: number | null;
  best_before: number | null;
  best_after: number | null;
}

/** What differs between two runs. */
export interface IRunDifference {
  layers: ILayerChange[];
  /** Compile, fit, data, callbacks, seed; then versions and device. */
  plan: IChanged[];
  values: IFinalValues[];
  /** The document of the first run as it was, to draw it. */
  before: string;
  after: string;
}

/** Names a run by its id. */
export interface IRunId {
  id: string;
}

/** The document of a run as it was, with its plan. */
export interface IRunDocument {
  document: string;
  /** A free name for it, beside the document. */
  file: string;
}

/** The model after an epoch, as a file. */
export interface IKeptEpoch {
  /** Counted from 1; 0 is before the first one, null the end of the run, whatever callbacks did then. */
  epoch: number | null;
  bytes: number;
  best: boolean;
  /** Loss and metrics of that epoch. */
  values: { [key: string]: number | null };
}

/** What is kept of a run, in order. */
export interface IKeptEpochs {
  epochs: IKeptEpoch[];
}

/** Asks for the weights of an epoch that was kept, for the model as it is drawn now. */
export interface IGoBackPayload {
  /** Keras JSON. */
  document: string;
  /** Of the run. */
  id: string;
  epoch: number | null;
}

/** Asks for runs as one file. `csv`: a row for each run and epoch. `html`: curves, plans and versions. */
export interface IRunExportPayload {
  ids: string[];
  format: 'csv' | 'html';
}

/** A file for the user to keep. */
export interface IRunExport {
  /** Its name. */
  file: string;
  mimetype: string;
  content: string;
}
