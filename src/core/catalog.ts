/** What can be drawn: layers, and the objects that fill their arguments, as Keras describes them. */
import type { JSONSchema7 } from 'json-schema';

/** A port for tensors: an argument of the layer's `call`. */
export interface IPort {
  /** Name of the argument of `call`. */
  name: string;
  /** Takes a list of tensors (`Add`, `Concatenate`). */
  many: boolean;
  optional: boolean;
}

/** Kinds of values that have a control of their own; the schema of an argument names one as `x-keras`. */
export type KerasKind =
  | 'initializer'
  | 'regularizer'
  | 'constraint'
  | 'activation'
  | 'dtype'
  | 'ints'
  | 'shape'
  | 'layer'
  | 'layers'
  | 'json';

/**
 * JSON Schema of one argument. `default` is Keras' default, absent where it has none. An argument that is required and
 * has a default (`Rescaling.offset`) must be written into the config: Keras can't read the layer without it.
 */
export interface IArgumentSchema extends JSONSchema7 {
  'x-keras'?: KerasKind;
}

/** A class of Keras, with the form of its arguments. */
export interface IClassEntry {
  class_name: string;
  /** As Keras writes it in JSON: `keras.layers`, `keras.src.ops.numpy`, or a package of the user's. */
  module: string;
  /** As Keras writes it: `package>Class` for one of the user's, the class' name for an operation, else null. */
  registered_name: string | null;
  /** First line of the docstring. */
  summary: string;
  /** The docstring, in Markdown. */
  doc: string;
  /** `type: object`, `properties` in the order of the signature, `required`. */
  schema: JSONSchema7 & { properties: { [name: string]: IArgumentSchema } };
}

export interface ILayerEntry extends IClassEntry {
  /** Keras' own group, e.g. `Core layers`. */
  group: string;
  inputs: IPort[];
  /** Reason why it can't be dropped, or null. */
  disabled: string | null;
}

/** A loss, metric or activation: `name` is the identifier Keras accepts, e.g. `sparse_categorical_crossentropy`. */
export interface INamedEntry {
  name: string;
  summary: string;
}

/** A data set that ships with a dependency. */
export interface IDataset {
  name: string;
  label: string;
  summary: string;
  samples: number;
  /** Shape of one sample. */
  shape: number[];
  /** Number of classes, or null for a regression. */
  classes: number | null;
  /** What suits it: identifiers of Keras. */
  loss: string;
  metrics: string[];
}

export interface ICatalog {
  keras: string;
  hash: string;
  layers: ILayerEntry[];
  /** Operations of `keras.ops`. */
  operations: ILayerEntry[];
  optimizers: IClassEntry[];
  initializers: IClassEntry[];
  regularizers: IClassEntry[];
  constraints: IClassEntry[];
  activations: INamedEntry[];
  losses: INamedEntry[];
  metrics: INamedEntry[];
  datasets: IDataset[];
}
