/** What can be drawn: layers, and the objects that fill their arguments, as Keras describes them. */
import type { JSONSchema7 } from 'json-schema';

/** A port for tensors: an argument of the layer's `call`. */
export interface IPort {
  /** Name of the argument of `call`. */
  name: string;
  /** Takes a list of tensors (`Add`, `Concatenate`). */
  many: boolean;
  optional: boolean;
  /** Is `*operands`: takes any number of tensors, each in a port of its own. */
  variadic?: boolean;
  /** Is a mask that Keras hands along by itself: a port only where a tensor goes in, or somebody asks for it. */
  carried?: boolean;
}

/** Kinds of values that have a control of their own; the schema of an argument names one as `x-keras`. */
export type KerasKind =
  | 'initializer'
  | 'regularizer'
  | 'constraint'
  | 'activation'
  | 'dtype'
  | 'dtype_policy'
  | 'ints'
  | 'strings'
  | 'shape'
  | 'layer'
  | 'layers'
  | 'index'
  | 'json';

/**
 * JSON Schema of one argument. `default` is Keras' default, absent where it has none. An argument that is required and
 * has a default (`Rescaling.offset`) must be written into the config: Keras can't read the layer without it.
 */
export interface IArgumentSchema extends JSONSchema7 {
  'x-keras'?: KerasKind;
  /** What a layer in this argument must be: the class of a layer, or one of its `roles`. */
  'x-role'?: string;
}

/** Arguments of a constructor or of `call`, in the order of the signature. */
export interface IArgumentsSchema extends JSONSchema7 {
  properties: { [name: string]: IArgumentSchema };
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
  schema: IArgumentsSchema;
}

export interface ILayerEntry extends IClassEntry {
  /** Keras' own group, e.g. `Core layers`. */
  group: string;
  inputs: IPort[];
  /** The arguments of `call` that are no tensors, such as `training`; `required` ones have no keyword. */
  call: IArgumentsSchema;
  /** What it can be inside another layer: a `cell`, or one of the classes that it is derived from, such as `RNN`. */
  roles: string[];
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
  /** Names of dtypes, for tensors; and of all that the `dtype` of a layer may be. */
  dtypes: string[];
  dtype_policies: string[];
  losses: INamedEntry[];
  metrics: INamedEntry[];
  datasets: IDataset[];
}
