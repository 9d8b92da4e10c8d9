// Written by `make protocol` from kerasviz/protocol; change it there.
/** What the messages say about a look inside a model. */

import type { IChosenJSON } from '../keras';
import type { Sentence } from '../translation';
import type { ISampleInput } from './samplechange';

/**
 * How an output is shown: a picture in its colours; a picture for each channel; rows and columns; a line over
 * time for each channel; a bar for each value; words; one number.
 */
export type ViewKind = 'image' | 'maps' | 'matrix' | 'curves' | 'bars' | 'tokens' | 'number';

/** Whether what is shown comes of trained weights, or of new ones that nobody trained. */
export type WeightsOf = 'trained' | 'fresh' | 'both';

/** An epoch of a run that is kept: whose weights count. */
export interface IAt {
  /** Name of the folder of the run. */
  run: string;
  /** Counted from 1; 0 before the first one, null for the end of the run. */
  epoch: number | null;
}

/** What is shown: an output of the layer; which positions its heads look at; its units over a plane. */
export type ViewOf = 'output' | 'attention' | 'plane';

/** Of all values of an output, as the layer gives them; null where none of them is finite. */
export interface IViewFacts {
  minimum: number | null;
  maximum: number | null;
  mean: number | null;
  /** Standard deviation. */
  deviation: number | null;
  /** Share of the values that are exactly 0. */
  zero: number;
  /** How many are NaN or infinite. */
  odd: number;
}

/** What came out of a layer for one sample, small enough for its card. */
export interface IView {
  of: ViewOf;
  /** Of the output, without the axis of the samples. */
  shape: number[];
  dtype: string;
  kind: ViewKind;
  /**
   * Base64 of a byte for each value: `count` pictures of `height` rows of `width` pixels of `colours`; 0
   * stands for `low`, 255 for `high`, between them linearly.
   */
  values: string;
  count: number;
  /** Pictures or lines that there are. */
  total: number;
  height: number;
  width: number;
  /** Bytes of a pixel: 1, or 3 for red, green and blue. */
  colours: number;
  low: number;
  high: number;
  facts: IViewFacts;
  /** Of the kind `tokens` the words, in their order; of attention those of the keys, where known. */
  tokens: string[];
  /** Of attention the words of the queries, where known. */
  query_tokens?: string[];
}

/** A part of the data. */
export type PartName = 'training' | 'validation' | 'test';

/** An axis of a plane of samples, in the units of the data. */
export interface IPlaneAxis {
  name: string;
  /** Which one of the numbers of a sample it is. */
  number: number;
  low: number;
  high: number;
}

/** Samples of a part of the data, in a plane. */
export interface IPlanePoints {
  part: PartName;
  /** Their numbers in the part. */
  indices: number[];
  across: (number | null)[];
  up: (number | null)[];
  /**
   * The number of the class of each, or the number that is to be predicted; null where that is several
   * things.
   */
  targets: (number | null)[] | null;
}

/** A plane of samples: two of their numbers vary, all others stay. */
export interface ISamplePlane {
  across: IPlaneAxis;
  up: IPlaneAxis;
  /** What the numbers of a sample are called; of more than two, the others are those of one sample. */
  numbers: string[];
  points: IPlanePoints[];
}

/** The sample that is followed through the drawing. */
export interface ISample {
  /** Its number among the samples of its part, also where it was changed; null for one of the user's own. */
  index: number | null;
  /** `new` for data that is not the plan's, which was predicted on the Results tab. */
  part: 'training' | 'validation' | 'test' | 'new' | 'own';
  /** Whether a sample of the data was changed. */
  is_changed: boolean;
  /** Its class, or what is to be predicted, where that is known; of a changed one, before it was. */
  label: string | null;
  /** How many samples each part has. */
  parts: { [key: string]: number };
  classes: string[];
  /** Those that the model and the data allow, of the ways that not all do: `by_row`, `changed`, ... */
  ways: string[];
  /** What can be changed of it, where it is no row of a table. */
  inputs: ISampleInput[];
  /** Where not all samples of its part can be chosen, which can; where it is a random one, why. */
  note: Sentence | null;
  /** Why no sample of the data can be chosen; null where one can. */
  why_no_data: Sentence | null;
  /** Of what goes into the model, in the order of its inputs. */
  views: IView[];
  /** Where a whole plane of samples is followed; the sample is that whose other numbers stay. */
  plane: ISamplePlane | null;
}

/** Chooses a sample of the data that the document names, or gives one of the user's own. */
export interface ISamplePayload {
  /** Keras JSON. */
  document: string;
  choice: IChosenJSON;
}

/** Asks what comes out of layers for the chosen sample. */
export interface IProbePayload {
  /** Keras JSON. */
  document: string;
  /**
   * The models around what is shown, from the outermost: names of layers, or ids of their nodes. Behind the
   * node of a wrapper which call of the model inside it, counted from 0: `film:0@3`.
   */
  path: string[];
  /** Those that can be seen; empty for all of them. */
  nodes: string[];
  /** Null for the model as it is now. */
  at?: IAt | null;
  /**
   * Whether the nodes are wanted at once, and nothing else that takes long. A newer question of a page
   * ends the one before, which is refused as `overtaken`.
   */
  is_hurried?: boolean;
}

/** A class, and how probable the model finds it. */
export interface ILikely {
  name: string;
  probability: number;
}

/** A number that the model predicts. */
export interface IPredictedNumber {
  name: string;
  /** In the units of the data; null where it is not finite. */
  value: number | null;
  /** What it should be; null where nobody knows. */
  target: number | null;
}

/** What an output of the model says about the sample: classes, or numbers. */
export interface IPrediction {
  /** The most probable classes, from the first; empty where numbers are predicted. */
  likely: ILikely[];
  /** Empty where classes are predicted. */
  numbers: IPredictedNumber[];
  /** Whether the first one is the target; null where that is unknown. */
  is_right: boolean | null;
  /** What the output is called; empty where it is the only one of the model. */
  output: string;
  /** What is to be predicted, for people; null where that is unknown, or several things. */
  target: string | null;
}

/** How probable the second of two classes is; which of several classes is the most probable one; a number. */
export type SurfaceKind = 'probability' | 'classes' | 'number';

/** What an output of the model says all over a plane. */
export interface ISurface {
  kind: SurfaceKind;
  /** Cells of a row, and rows; the first row is the highest. */
  side: number;
  /** Base64 of a float32 (little-endian) for each cell: a probability, a class by its number, a number. */
  values: string;
  /** Of the kind `classes`: base64 of a float32 for each cell, how probable the class is. Else empty. */
  certainty: string;
  low: number;
  /** Where one answer becomes the other: the boundary, or what is neither much nor little. */
  middle: number;
  high: number;
}

/** What comes out of layers for the chosen sample. */
export interface IProbe {
  /** By the id of the node, one for each output. */
  views: { [key: string]: IView[] };
  /** Why a node gives nothing for this sample. */
  errors: { [key: string]: Sentence };
  /**
   * Of outputs of the whole model that tell classes or a few numbers, by the id of the node, in their
   * order.
   */
  predictions: { [key: string]: IPrediction };
  /** The same before the sample was changed; empty where it was not. */
  before: { [key: string]: IPrediction };
  /** Of a plane of samples: what outputs of the whole model say, by the id of the node. */
  surfaces: { [key: string]: ISurface };
  /** For each model around what is shown how often the wrapper that holds it calls it; 0 where none does. */
  steps: number[];
  weights: WeightsOf;
  /**
   * At an epoch: the layers without weights of then, with the names of those around them. Nothing comes out
   * of them.
   */
  missing: string[];
  /** Whether all was computed; else what is predicted is told when it is asked without hurry. */
  is_whole: boolean;
  /** What it took of the thread that trains. */
  seconds: number;
}

/** Asks for all that comes out of one layer for the chosen sample. */
export interface IProbeLayerPayload {
  /** Keras JSON. */
  document: string;
  /** As in `ProbePayload`. */
  path: string[];
  node: string;
  /** Which of its outputs. */
  tensor: number;
  /** As in `ProbePayload`. */
  at?: IAt | null;
}

/** What came out of a layer, with its numbers. */
export interface ILargeView {
  view: IView;
  /** Base64 of a float32 (little-endian) for each byte of the view's `values`. */
  numbers: string;
  /**
   * So many pixels a side, or values of a line, are one that is shown: pixels are averaged, and of values
   * the one farthest from 0 is taken.
   */
  step: number;
  /** Of each channel; empty where there are none. */
  channels: IViewFacts[];
}

/** All that comes out of one layer for the chosen sample. */
export interface IProbedLayer {
  /** The output, and where it looked, if it is a layer of attention. */
  views: ILargeView[];
  /** How the layer computes, at the largest number of its output. */
  sentence: Sentence | null;
  /** As in `Probe`. */
  seconds: number;
}
