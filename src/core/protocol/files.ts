// Written by `make protocol` from kerasviz/protocol; change it there.
/** Documents, models and weights in files. */

import type { Sentence } from '../translation';
import type { IKerasError } from './errors';

/** A document. */
export interface IDocumentText {
  /** Keras JSON. */
  document: string;
}

/** What the server tells of a model file. */
export interface IModelFile extends IDocumentText {
  /** What was changed to bring the model up to date. */
  report: Sentence[];
}

/** A format that models are saved in. `keeps` and `loses` are the rest of a sentence. */
export interface IFormat {
  /** What people call it: `Keras`, `HDF5`, `TensorFlow SavedModel`, ... */
  name: string;
  /** Ends of names that choose it, the usual one first; `''` for the SavedModel, which is a folder. */
  ends: string[];
  /** What of the model is in the file. */
  keeps: Sentence;
  /** What is not. */
  loses: Sentence;
  /** Whether the weights are in the file. */
  weights: boolean;
  /** What the kernel lacks to write it, and how to get that; null where it lacks nothing. */
  missing: Sentence | null;
}

/** The formats that `save` writes, the one that suits most first. */
export interface IFormats {
  formats: IFormat[];
}

/** Saves the trained model, or a new one of the document, in the kernel's folder. */
export interface ISavePayload extends IDocumentText {
  /** Its file extension chooses the format, see `formats`. */
  path: string;
}

/** A model that was saved: where, and what of it. */
export interface ISaved {
  path: string;
  /** Of all files together where it is a folder. */
  bytes: number;
  keeps: Sentence;
  loses: Sentence;
  /** What was found out of a file for another program: how far its outputs are from those of Keras. */
  notes: Sentence[];
}

/** Names a model that is being saved. */
export interface ISavingPayload {
  /** As `save` was given it. */
  path: string;
}

/** An export, which takes a process of its own, has come to a step, or has ended. */
export interface ISavingEvent extends ISavingPayload {
  /** What is done now; null when it has ended. */
  step: Sentence | null;
  /** What the request is answered: a page that has come meanwhile did not ask. */
  saved: ISaved | null;
  /** Why it has not been saved. */
  error: IKerasError | null;
}

/**
 * Where weights are from: the model in the kernel, which was trained, loaded or opened there; the file that
 * the document's weights start from, when it trains or is saved; or new random ones.
 */
export type WeightOrigin = 'trained' | 'file' | 'fresh';

/** Asks about the drawing as it stands: by what was analysed of it, or whole. */
export interface IWeightsPayload {
  /** Keras JSON; null where `revision` names it. */
  document: string | null;
  /** That of the last `analyze`. Else the answer is `superseded`, and the page sends the document. */
  revision: number | null;
  /** The file that weights start from, beside a revision. */
  file: string | null;
}

/** The answer to `weights`: what a training would start from, and what would be saved. */
export interface IWeightOrigins {
  /** Each layer that has weights, by its name; inside a model with the names around it: `inner/dense`. */
  layers: { [key: string]: WeightOrigin };
  /** The layers, named alike, that can't hold the file's numbers as they are, and the dtype these become. */
  rounded: { [key: string]: string };
  /** The layers, named alike, whose change or removal gave layers fresh weights in place of trained ones. */
  because: string[];
  /** Which layers have fresh weights and why; null where none of the model or the file are lost. */
  sentence: Sentence | null;
}

/** Loads weights, into a model as it is drawn. */
export interface ILoadWeightsPayload extends IDocumentText {
  /** Name of a file beside the document. */
  file: string;
}

/** Weights that were loaded. */
export interface ILoaded {
  /** What was taken. */
  note: Sentence;
}
