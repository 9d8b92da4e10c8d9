// Written by `make protocol` from kerasviz/protocol; change it there.
/** What the messages say about why a model answers what it answers. */

import type { IArgumentsSchema } from '../catalog/catalog';
import type { IChosenJSON } from '../keras';
import type { Sentence } from '../translation';
import type { IAt, IView, WeightsOf } from './insight';

/** Asks what of the chosen sample counts for an answer of the model. */
export interface IWhyPayload {
  /** Keras JSON. */
  document: string;
  /** Null for the first that fits the sample. */
  method: IChosenJSON | null;
  /** Which output of the model, counted from 0. */
  output: number;
  /** Which of its answers; null for what the model says. */
  target: number | null;
  /** Null for the model as it is now. */
  at?: IAt | null;
}

/** A way to find out what counts. */
export interface IWhyMethod {
  class_name: string;
  title: string;
  summary: string;
  /** Of its arguments. */
  schema: IArgumentsSchema;
  means: Sentence;
  means_not: Sentence;
  /** Why it can't be used for this sample; null where it can. */
  unfit: Sentence | null;
}

/** What counts in one Input of the model. */
export interface IWhyPart {
  name: string;
  kind: 'picture' | 'tokens' | 'series' | 'columns';
  /** Of a picture and a series: the sample itself. */
  view: IView | null;
  /** Base64 of a float32 (little-endian) for each weight: `height` rows of `width`. */
  numbers: string;
  height: number;
  width: number;
  /** So many positions of a side are one weight, their mean. */
  step: number;
  /** The largest weight, without its sign. */
  most: number;
  /** The words; what columns are called. */
  names: string[];
  /** What the columns hold. */
  values: string[];
}

/** What of the sample counts for an answer of the model. */
export interface IWhy {
  /** Those that fit the sample come first. */
  methods: IWhyMethod[];
  /** The one that was used; null where none fits. */
  method: IChosenJSON | null;
  /** The nodes that the outputs come out of. */
  outputs: string[];
  output: number;
  /** What the output can answer, such as classes; empty for a single number. */
  answers: string[];
  target: number;
  /** What the model answers. */
  says: number;
  /** Of the answer that is explained; null where it has none. */
  probability: number | null;
  /**
   * The number that the weights are about: the score before softmax or sigmoid, the probability, or what is
   * predicted.
   */
  value: number | null;
  /** Whether that is a score. */
  is_score: boolean;
  /** Whether weights are about the whole data, and not about this sample. */
  is_of_data: boolean;
  /** Whether negative weights speak against the answer. */
  is_signed: boolean;
  parts: IWhyPart[];
  notes: Sentence[];
  weights: WeightsOf;
  /** What it took of the thread that trains. */
  seconds: number;
}

/** How far it is. */
export interface IWhyEvent {
  share: number;
}
