// Written by `make protocol` from kerasviz/protocol; change it there.
/** What the kernel tells of a drawing. */

import type { Sentence } from '../translation';
import type { IFix, IKerasError } from './errors';
import type { ISeries } from './run';

/** What the analysis knows of one node (one call of a layer). */
export interface INodeAnalysis {
  /** One shape for each output tensor; null is a dimension that is only known when data comes. */
  shapes: ((number | null)[])[];
  /** One dtype for each output tensor. */
  dtypes: string[];
  /** Parameters of the layer; 0 on calls after the first, so that sums are right. */
  params: number;
  trainable: number;
  /** Multiply-adds of this call for one sample, or null where they are not known. */
  macs?: number | null;
  error: IKerasError | null;
  /** True when an earlier node must be fixed, or an input connected, before this one can be computed. */
  waiting: boolean;
}

/** Sums over the model. */
export interface ITotals {
  layers: number;
  params: number;
  trainable: number;
  /** Memory of the weights. */
  bytes: number;
}

/** A model, complete or as a change to an earlier one. */
export interface IAnalyzePayload {
  revision: number;
  /** The revision that runs of layers are taken from, or null for a complete model. */
  base: number | null;
  /** Keras JSON, with `config.layers` left empty, and of its `kerasviz` key only the data to train on. */
  model: string;
  /** Each is the JSON of a layer, or `[start, count]`, a run of layers taken over from revision `base`. */
  layers: (string | [number, number])[];
}

/** What changed since the revision that was analysed before. Fixes come by `fixes`. */
export interface IUpdate {
  /** Node id to its analysis; only what changed; null where a node is gone. */
  nodes: { [key: string]: INodeAnalysis | null };
  totals: ITotals;
  /** What is wrong with the model as a whole. */
  errors: IKerasError[];
  /**
   * Whether `fixes` may find more `errors`: there losses, metrics and optimizers are tried, which takes a
   * moment.
   */
  judging: boolean;
}

/** The answer to `analyze`. */
export interface IAnalyzeResult extends IUpdate {
  revision: number;
}

/** Asks for fixes of what was wrong with the revision that was analysed last. */
export interface IFixesPayload {
  revision: number;
}

/** Fixes that Keras is content with, and what took longer to find than shapes do. */
export interface IFixes {
  /** By node. */
  nodes: { [key: string]: IFix };
  /** Everything that is wrong with the model as a whole, with its fixes. */
  errors: IKerasError[];
}

/** The answer to `fixes`. */
export interface IFixesResult extends IFixes {
  revision: number;
}

/** Asks for a document with a fix. */
export interface IApplyFixPayload {
  /** Keras JSON. */
  document: string;
  fix: IFix;
}

/** A question about a document as it stands. */
export interface IQuestionPayload {
  /** Keras JSON. */
  document: string;
}

/**
 * What code does: trains with `fit`, `train_on_batch`, a loop of a backend; only makes the model; or serves
 * the predictions of its ONNX file.
 */
export type Recipe = 'fit' | 'batch' | 'tensorflow' | 'jax' | 'torch' | 'model' | 'serve';

/** Asks for the code of a document. */
export interface ICodePayload extends IQuestionPayload {
  recipe: Recipe;
}

/** Keras code that trains a model, or only defines it, as `kerasviz.to_code` writes it. */
export interface ICode {
  /** The model's variable is the one that training sets. */
  code: string;
  /** Which variables of the user's own the code would give another value. */
  replaces: Sentence | null;
  /** Whether the code ends before the training, as nobody has looked at the table of the plan yet. */
  needs_look: boolean;
}

/** Asks what training takes. */
export interface ICostPayload extends IQuestionPayload {
  batch_size: number;
}

/** What a layer takes and sees. */
export interface ILayerCost {
  /** Multiply-adds of all its calls for one sample, or null where they are not known. */
  macs: number | null;
  /** Sizes of the part of the input that one position of its output has seen, or null. */
  receptive_field: number[] | null;
}

/** Memory to train, in bytes. */
export interface IMemory {
  weights: number;
  /** The output of every layer for one batch. */
  activations: number;
  gradients: number;
  optimizer: number;
  total: number;
}

/** Free memory in bytes. */
export interface ICapacity {
  free: number;
  /** The GPU that has it, or null for the machine. */
  gpu: string | null;
}

/** What training takes. */
export interface ICost {
  layers: { [key: string]: ILayerCost };
  /** Multiply-adds for one sample, of the layers where they are known. */
  macs: number;
  memory: IMemory;
  /** Null where nobody tells. */
  capacity: ICapacity | null;
}

/** Keras' diagram: for a file, never for the page. */
export interface IDiagram {
  svg: string;
}

/** The learning rates of a document's schedule. */
export interface ILearningRates {
  /** `x` counts batches from 0; null where the learning rate is a number. */
  rates: ISeries | null;
  /** Null where the plan and its data do not tell. */
  steps_per_epoch: number | null;
  /** The last batch that is drawn. */
  steps: number;
}

/** What data does not allow of `fit`, as far as it is known before it is loaded. */
export interface IFitLimits {
  /** Arguments that can't be used, with the reason. */
  unused: { [key: string]: Sentence };
  /** Arguments that have to be set, with the reason. */
  needed: { [key: string]: Sentence };
  /** Why a split of the plan is not used; null where it is. */
  split: Sentence | null;
}

/** Asks for Keras' summary of a subclassed model that is a layer. */
export interface ISummaryPayload extends IQuestionPayload {
  /** The names that lead to it, from the outermost. */
  layers: string[];
}

/** The answer to `summary`. */
export interface ISummary {
  /** Null where the layer is no subclassed model. */
  summary: string | null;
}
