// Written by `make protocol` from kerasviz/protocol; change it there.
/** What the messages say about samples as points in two dimensions. */

import type { IArgumentsSchema } from '../catalog/catalog';
import type { IChosenJSON } from '../keras';
import type { Sentence } from '../translation';
import type { IAt, PartName, WeightsOf } from './insight';

/** Asks for places of samples, by what comes out of a layer for them. */
export interface IEmbeddingPayload {
  /** Keras JSON. */
  document: string;
  /** As in `ProbePayload`. */
  path: string[];
  /** The call whose first output counts. */
  node: string;
  part: PartName;
  /** How many at most. */
  samples: number;
  /** Null for the first one. */
  method: IChosenJSON | null;
  /** Null for the model as it is now. */
  at?: IAt | null;
}

/** A way to place samples. */
export interface IEmbeddingMethod {
  class_name: string;
  title: string;
  summary: string;
  /** Of its arguments. */
  schema: IArgumentsSchema;
  /** Why it can't be used; null where it can. */
  unfit: Sentence | null;
}

/** Places of samples, by what comes out of a layer for them. */
export interface IEmbedding {
  methods: IEmbeddingMethod[];
  /** The one that was used. */
  method: IChosenJSON;
  /** Whether it takes no time, so that it can be asked for again while a model trains. */
  follows: boolean;
  part: PartName;
  /** Numbers of the samples in the part. */
  indices: number[];
  across: number[];
  up: number[];
  /** As in `PlanePoints`. */
  targets: (number | null)[] | null;
  /** What is to be predicted of each, for people; null where that is several things. */
  labels: (string | null)[];
  /** What the model says; null where it says several things. */
  predicted: (string | null)[];
  /** That come out of the layer for a sample. */
  numbers: number;
  notes: Sentence[];
  weights: WeightsOf;
  /** What it took of the thread that trains. */
  seconds: number;
}

/** How far it is. */
export interface IEmbeddingEvent {
  share: number;
}
