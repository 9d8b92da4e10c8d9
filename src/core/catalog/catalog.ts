/** What can be drawn and chosen: layers, what fills their arguments, and what trains them, as Keras describes it. */
import type { JSONSchema7 } from 'json-schema';
import type { Sentence } from '../translation';

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
  | 'json'
  | 'optimizer'
  | 'schedule'
  | 'loss'
  | 'metrics'
  | 'callbacks'
  | 'data'
  | 'table'
  | 'split'
  | 'place'
  | 'step'
  | 'strategy'
  | 'array_name'
  | 'devices'
  | 'run_path'
  | 'table_name'
  | 'batches_name'
  | 'column_name'
  | 'file_path'
  | 'folder_path'
  | 'variable';

/**
 * JSON Schema of one argument. `default` is Keras' default, absent where it has none. An argument that is required and
 * has a default (`Rescaling.offset`) must be written into the config: Keras can't read the layer without it.
 */
export interface IArgumentSchema extends JSONSchema7 {
  'x-keras'?: KerasKind;
  /** What a layer in this argument must be: the class of a layer, or one of its `roles`. */
  'x-role'?: string;
  /** All classes of the kind have it, and it is seldom set. */
  'x-rare'?: boolean;
  /** Why it can't be used with what else is chosen: its control is shown, and does nothing. */
  'x-unused'?: string;
  /** Why it has to be set with what else is chosen. */
  'x-needed'?: string;
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
  /** `type: object`, `properties` in the order of the signature, `required`; `title` is a name for people. */
  schema: IArgumentsSchema;
  /** Names that mean an object with default arguments, the common one first: `mean_squared_error`, `mse`. */
  identifiers?: string[];
  /** Is a function of the user's, which Keras writes as its name. */
  is_function?: boolean;
  /** Reason why it can't be chosen. */
  disabled?: Sentence | null;
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
  disabled: Sentence | null;
}

/** An activation: `name` is the identifier that Keras accepts, e.g. `relu`. */
export interface INamedEntry {
  name: string;
  summary: string;
}

/** What is in a data set, known before it is loaded. */
export interface IFacts {
  samples: number;
  /** Shape of one sample. */
  shape: number[];
  /** Number of classes, or null for a regression. */
  classes: number | null;
  /** What suits it: identifiers of Keras. */
  loss: string;
  metrics: string[];
}

/** A data source, described by the signature of its `load`. */
export interface ISourceEntry extends IClassEntry {
  /** Null where nobody knows before it is loaded. */
  facts: IFacts | null;
  /** Gives rows of named columns. */
  is_table: boolean;
}

export interface ICatalog {
  keras: string;
  hash: string;
  layers: ILayerEntry[];
  /** Operations of `keras.ops`. */
  operations: ILayerEntry[];
  optimizers: IClassEntry[];
  schedules: IClassEntry[];
  losses: IClassEntry[];
  metrics: IClassEntry[];
  callbacks: IClassEntry[];
  initializers: IClassEntry[];
  regularizers: IClassEntry[];
  constraints: IClassEntry[];
  activations: INamedEntry[];
  /** Names of dtypes, for tensors; and of all that the `dtype` of a layer may be. */
  dtypes: string[];
  dtype_policies: string[];
  /** Arguments of `keras.Model.fit` and `compile`, but for data and callbacks. */
  fit: IArgumentsSchema;
  compile: IArgumentsSchema;
  data: ISourceEntry[];
  /** How samples are divided into those that train, validate and test. */
  splits: IClassEntry[];
  /** Steps that prepare columns where Keras has none; Keras' own are its preprocessing layers. */
  preparation: IClassEntry[];
  /** Ways to choose the values that a sweep tries. */
  strategies: IClassEntry[];
  /** Where a plan can be trained. */
  places: IClassEntry[];
}
