/** The graph that a model is: calls of layers, and the tensors between them. */
import type { JSONObject, JSONValue } from '@lumino/coreutils';

/** One call of a layer. */
export interface INode {
  /** `layer:call`. */
  id: string;
  layer: string;
  call: number;
  /** How many calls the layer has, at least 1. */
  calls: number;
  class_name: string;
  module: string | null;
  registered_name: string | null;
  config: JSONObject;
  /** The arguments of the call that hold no tensor: the position or keyword, and the value; None ones are left out. */
  values: readonly [string, JSONValue][];
  /** How many output tensors are used, at least 1. */
  outputs: number;
  isInput: boolean;
  isOutput: boolean;
}

/** One tensor that goes from a call into an argument of another. */
export interface IEdge {
  id: string;
  /** Node that gives the tensor. */
  source: string;
  /** Which of its output tensors. */
  tensor: number;
  /** Node that takes it. */
  target: string;
  /** Argument of `call` it goes into: its name where it is a keyword, else its position. */
  port: string;
  /** Place among the tensors of that argument. */
  index: number;
}

/** A tensor that goes into a model, or comes out of it. */
export interface IEnd {
  /** Node that gives the tensor. */
  node: string;
  /** Which of its output tensors. */
  tensor: number;
  /** Its name, where the model has them by name and not in order. */
  key: string | null;
}

export interface IGraph {
  nodes: readonly INode[];
  edges: readonly IEdge[];
  /** In the order in which the model takes them. */
  inputs: readonly IEnd[];
  /** In the order in which the model gives them. */
  outputs: readonly IEnd[];
  byId: ReadonlyMap<string, INode>;
  /** True for a Sequential, whose edges are implied. */
  sequential: boolean;
}
