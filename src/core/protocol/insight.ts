// Written by `make protocol` from kerasviz/protocol; change it there.
/** What the messages say about a look inside a model. */

import type { IChosenJSON } from '../keras';
import type { Sentence } from '../translation';

/**
 * How an output is shown: a picture in its colours; a picture for each channel; rows and columns; a line over
 * time for each channel; a bar for each value; words; one number.
 */
export type ViewKind = 'image' | 'maps' | 'matrix' | 'curves' | 'bars' | 'tokens' | 'number';

/** Whether what is shown comes of trained weights, or of new ones that nobody trained. */
export type WeightsOf = 'trained' | 'fresh' | 'both';

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
  /** Of the kind `tokens`: the words, in their order. */
  tokens: string[];
}

/** The sample that is followed through the drawing. */
export interface ISample {
  /** Its number among the samples of its part; null for one of the user's own. */
  index: number | null;
  part: 'training' | 'validation' | 'test' | 'own';
  /** Its class, or what is to be predicted, where that is known. */
  label: string | null;
  /** How many samples each part has. */
  parts: { [key: string]: number };
  classes: string[];
  /** Of what goes into the model, in the order of its inputs. */
  views: IView[];
}

/** Chooses a sample of the data that the document names. */
export interface ISamplePayload {
  /** Keras JSON. */
  document: string;
  choice: IChosenJSON;
}

/** Asks what comes out of layers for the chosen sample. */
export interface IProbePayload {
  /** Keras JSON. */
  document: string;
  /** The models around what is shown, from the outermost: names of layers, or ids of their nodes. */
  path: string[];
  /** Those that can be seen; empty for all of them. */
  nodes: string[];
}

/** What comes out of layers for the chosen sample. */
export interface IProbe {
  /** By the id of the node, one for each output. */
  views: { [key: string]: IView[] };
  /** Why a node gives nothing for this sample. */
  errors: { [key: string]: Sentence };
  weights: WeightsOf;
  /** What it took of the thread that trains. */
  seconds: number;
}
