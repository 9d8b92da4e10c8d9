// Written by `make protocol` from kerasviz/protocol; change it there.
/** What the user's variables in the kernel hold. */

/** A variable that holds data to train on. */
export interface IArray {
  name: string;
  kind: 'array' | 'table' | 'batches';
  /** Empty for batches, of which none is taken before training. */
  shape: number[];
  /** For batches the kind of their class, such as `tf.data.Dataset`. */
  dtype: string;
}

/** The arrays, tables and batches among the user's variables. */
export interface IArrays {
  arrays: IArray[];
}

/** Weights with which the classes of the data count alike. */
export interface IClassWeights {
  /** By class number. */
  weights: { [key: string]: number };
}

/** A model in the kernel. */
export interface IModelEntry {
  /** The variable that holds it. */
  name: string;
  class_name: string;
  /** Null before it is built. */
  params: number | null;
}

/** The models among the user's variables. */
export interface IModels {
  models: IModelEntry[];
}

/** Takes a model of the kernel, with its weights, for this document. */
export interface IOpenModelPayload {
  /** The variable that holds it. */
  name: string;
}
