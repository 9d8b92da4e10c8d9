// Written by `make protocol` from kerasviz/protocol; change it there.
/** What the messages say about the results of a model on a part of the data. */

import type { JSONObject } from '@lumino/coreutils';
import type { IChosenJSON } from '../keras';
import type { Sentence } from '../translation';
import type { IAt, PartName } from './insight';
import type { IHistogram } from './preview';

/**
 * What was to be predicted: one of several classes, one of two, any of several labels, numbers, or what has
 * only metrics.
 */
export type TaskKind = 'classes' | 'two' | 'labels' | 'numbers' | 'other';

/** What one output of the model was to predict. */
export interface IOutputTask {
  name: string;
  kind: TaskKind;
  /** Of the classes, labels or numbers; empty where these can't be told apart. */
  names: string[];
  /** Predictions of each sample: pixels, steps of a sequence; 1 where it has one. */
  positions: number;
  /** Whether anything is known to be true. */
  has_truth: boolean;
}

/** Asks for predictions of a part of the data by the trained model. */
export interface IEvaluatePayload {
  /** Keras JSON. */
  document: string;
  part: PartName;
  /** A source of new samples, which are predicted in the place of the part; null for the part. */
  data?: IChosenJSON | null;
  /** The epoch whose weights predict; null for the model as it is now. */
  at?: IAt | null;
  /** Whether this is to be compared with what was predicted last, of the same samples. */
  beside?: boolean;
}

/** One number of `model.evaluate`. */
export interface IMetric {
  name: string;
  value: number | null;
}

/** What a part of the data was measured as; results are made of its predictions. */
export interface IEvaluation {
  part: PartName;
  count: number;
  /** How many samples each part has. */
  parts: { [key: string]: number };
  /** The name of the new samples; null where a part of the data was predicted. */
  data: string | null;
  /** By which samples can be told apart. */
  columns: string[];
  /** What was done to new samples, or which of the part these are. */
  notes: Sentence[];
  outputs: IOutputTask[];
  /** As `model.evaluate` has them, the loss first. */
  metrics: IMetric[];
  /** The name of the run that trained the model; null where nobody knows it. */
  run: string | null;
  /** Epochs that it had trained; null where nobody knows. */
  epoch: number | null;
}

/** Samples of which a column says the same. */
export interface ISliceOf {
  column: string;
  /** Of the group, as `Slices` has them. */
  number: number;
}

/** Asks for a result of what was predicted last. */
export interface IResultPayload {
  class_name: string;
  config: JSONObject;
  /** Which output; the first one where it is not said. */
  output?: number;
  /** The samples that it is about; null for all of them. */
  slice?: ISliceOf | null;
  /** Whether it is about what was predicted to be compared. */
  whose?: 'this' | 'other';
}

/** How many samples, or positions in them, of each true class were predicted as each class. */
export interface IConfusion {
  kind: 'confusion';
  classes: string[];
  /** Of the classes. */
  numbers: number[];
  /** By true class, then by predicted class. */
  counts: number[][];
  /** Classes that are not shown, as there are too many; those have the fewest mistakes. */
  left_out: number;
}

/** How well one class is told from the others. */
export interface IClassScore {
  name: string;
  precision: number;
  recall: number;
  f1: number;
  /** Samples of the class. */
  support: number;
}

/** How well each class is told from the others. */
export interface IPerClass {
  kind: 'per_class';
  rows: IClassScore[];
  /** Of all classes, each as important as another. */
  mean: IClassScore;
  accuracy: number;
}

/** A sample of a gallery. */
export interface IShownSample {
  /** Its number in its part. */
  index: number;
  true: string;
  /** Empty where words do not tell it. */
  predicted: string;
  /** Positions at which another class is predicted; null where it has one class, or numbers. */
  wrong: number | null;
  /** Of those that count. */
  positions: number | null;
  /** Root mean squared error; null where it has one number, or classes. */
  error: number | null;
  /** A PNG as a `data:` URL. */
  picture: string | null;
  /** What is true, where that is a picture. */
  true_picture: string | null;
  predicted_picture: string | null;
  /** The beginning of what is no picture. */
  text: string | null;
}

/** Some samples, the worst first. */
export interface IGallery {
  kind: 'gallery';
  /** How many there are of the kind, more than are shown. */
  count: number;
  samples: IShownSample[];
}

/** How far the predictions are. */
export interface IEvaluationEvent {
  share: number;
}

/** Points of a curve. */
export interface ILine {
  x: number[];
  y: number[];
}

/** Samples by what is true of them and what is predicted above a threshold. */
export interface IThreshold {
  at: number;
  hits: number;
  false_alarms: number;
  missed: number;
  /** Rightly. */
  rejected: number;
}

/** How well the score of a class tells it from the others. */
export interface IClassCurves {
  kind: 'curves';
  /** Number of the class. */
  of: number;
  /** Share of the others that are false alarms, against the share of the class that is found. */
  roc: ILine;
  /** Area under it. */
  auc: number | null;
  /** Recall against precision. */
  precision: ILine;
  average_precision: number | null;
  /** What the model says against how often it happened; empty where scores are no probabilities. */
  calibration: ILine;
  thresholds: IThreshold[];
  /** That of the model. */
  threshold: number;
  /** Samples, or positions in them, that this is about. */
  count: number;
  /** Whether these are all; of very many, evenly chosen ones are sorted. */
  is_all: boolean;
}

/** How far predicted numbers are from the true ones. */
export interface IResiduals {
  kind: 'residuals';
  /** Which of the numbers of a sample; null for all of them. */
  of: number | null;
  /** Numbers that were compared. */
  count: number;
  /** Numbers of the samples that are drawn, evenly chosen of all. */
  indices: number[];
  true: number[];
  predicted: number[];
  /** Of prediction less truth, of all samples. */
  histogram: IHistogram;
  mean_error: number | null;
  mean_absolute_error: number | null;
  root_mean_squared_error: number | null;
  r2: number | null;
}

/** All predictions. */
export interface ICSVFile {
  kind: 'csv_file';
  text: string;
}

/** Samples of which a column says the same, and how well they are predicted. */
export interface ISlice {
  /** What the column says; null for a range, for all rarer values, and where it says nothing. */
  name: string | null;
  low: string | null;
  high: string | null;
  is_missing: boolean;
  count: number;
  score: number | null;
  /** Of the model that is compared. */
  other_score: number | null;
}

/** How well the model does on groups of samples. */
export interface ISlices {
  kind: 'slices';
  column: string;
  measure: 'accuracy' | 'mean_absolute_error';
  rows: ISlice[];
  /** Of all samples. */
  all: number | null;
  other_all: number | null;
}

/** Samples by which of two models is right, or nearer to the truth. */
export interface IResultComparison {
  kind: 'comparison';
  /** Whether it counts which one is nearer; then `both` are equally near. */
  is_of_distance: boolean;
  both: number;
  only_this: number;
  only_other: number;
  neither: number;
}
