/**
 * The Keras JSON of a model: the types of the document as Keras 3 writes it.
 *
 * Source: keras/src/saving/serialization_lib.py and keras/src/models/{functional,sequential}.py.
 */
import type { JSONObject, JSONValue } from '@lumino/coreutils';

/** Dimensions of a tensor; `null` is a dimension that is only known when data comes. */
export type Shape = (number | null)[];

/** [layer name, index of the call in `inbound_nodes`, index of the output tensor]. */
export type KerasHistory = [string, number, number];

/** A symbolic tensor inside the arguments of a call. */
export interface ITensorJSON {
  class_name: '__keras_tensor__';
  config: { shape: Shape; dtype: string; keras_history: KerasHistory };
}

/** One call of a layer: positional and keyword arguments, tensors anywhere inside. */
export interface ICallJSON {
  args: JSONValue[];
  kwargs: JSONObject;
}

/** A layer as it stands in the `layers` of a model. `inbound_nodes` is absent in a Sequential. */
export interface ILayerJSON {
  /** Null for a class of the user's: Keras finds it by its `registered_name`. */
  module: string | null;
  class_name: string;
  config: JSONObject;
  registered_name: string | null;
  build_config?: JSONObject | null;
  name?: string;
  inbound_nodes?: ICallJSON[];
  /** Why the layer can't be built, on one that an old file has and today's Keras has not. */
  kerasviz?: { reason: string };
}

/** What kerasviz keeps beside the model, under a key that Keras ignores. */
export interface IKerasvizJSON {
  version: 1;
  /** Node id to [x, y] in pixels of the canvas at zoom 1; in a model inside the model it is `inner/dense:0`. */
  positions?: { [node: string]: [number, number] };
  training?: ITrainingJSON;
  /** File, beside the document, that training starts its weights from. */
  weights?: string;
  /** `silenced` has the codes of hints that are not said of this document. */
  hints?: { silenced?: string[] };
}

/** What was chosen from the catalogue, with its arguments: Keras' way to write an object. */
export interface IChosenJSON extends JSONObject {
  class_name: string;
  config: JSONObject;
}

/** What the columns of a table are for. A column that is not named goes into the model. */
export interface IColumnsJSON {
  target?: string[];
  ignored?: string[];
  /** Says how much each sample counts. */
  weight?: string | null;
}

/** A step of the preparation, and the columns that it is for. */
export interface IStepJSON extends IChosenJSON {
  columns: string[];
}

/** A value of the document that a sweep changes: a list of values, or from one number to another. */
export interface IRangeJSON extends JSONObject {
  /** Where it stands, from the root of the document; a layer in `layers` has its name there. */
  path: string[];
}

/** What a sweep tries, and how it chooses. */
export interface ISweepJSON extends IChosenJSON {
  ranges: IRangeJSON[];
}

/** The plan of a training. Every field is optional: `planOf` knows what holds where one is absent. */
export interface ITrainingJSON {
  /** A data source of the catalogue, with the arguments of its `load`. */
  data?: IChosenJSON | null;
  /** What the columns of a table are for; null where the kernel proposes it. */
  columns?: IColumnsJSON | null;
  /** Steps that prepare columns; null where the kernel proposes them. */
  preparation?: IStepJSON[] | null;
  /** Values to try, each in a run of its own; nothing is tried before a person begins it. */
  sweep?: ISweepJSON | null;
  /** How validation and test parts are taken; null as `fit` does it. */
  split?: IChosenJSON | null;
  /** Arguments of `keras.Model.fit` that are plain values. */
  fit?: JSONObject;
  callbacks?: IChosenJSON[];
  /** Makes a run repeatable. */
  seed?: number | null;
  /** Where the run is executed. */
  place?: IChosenJSON;
  /** Name that the trained model gets among the user's variables. */
  model_name?: string;
}

/** The `config` of a model; a Sequential has no `input_layers` and `output_layers`. */
export interface IModelConfigJSON {
  name: string;
  trainable?: boolean;
  layers: ILayerJSON[];
  /** `[name, call, tensor]`, or a list or object of such. */
  input_layers?: JSONValue;
  output_layers?: JSONValue;
  /** The shape that a Sequential was built for. */
  build_input_shape?: JSONValue;
}

/** A whole document. */
export interface IModelJSON {
  module: string;
  class_name: 'Functional' | 'Sequential' | string;
  config: IModelConfigJSON;
  registered_name: string | null;
  build_config?: JSONObject | null;
  compile_config?: JSONObject | null;
  kerasviz?: IKerasvizJSON;
}
