/** What the edits of a document take and tell. */
import type { DocumentChange } from '@jupyter/ydoc';
import type { JSONObject, JSONValue } from '@lumino/coreutils';
import type { ILayerEntry } from '../catalog/catalog';

/** Pixels of the canvas at zoom 1. */
export type Point = [number, number];

/** Node id to where it stands. */
export interface IPositions {
  [node: string]: Point;
}

/** An output tensor of a node. */
export interface ISource {
  node: string;
  tensor: number;
}

/** An argument of a node's call. */
export interface ITarget {
  node: string;
  port: string;
}

/** Why two nodes can't be connected. */
export type ConnectRefusal =
  'cycle' | 'occupied' | 'self' | 'input' | 'duplicate';

export interface IAddLayerOptions {
  entry: ILayerEntry;
  config?: JSONObject;
  position?: Point;
  /** Node whose first tensor goes into the new one. */
  after?: string;
  /** Edge that the new node is put into. */
  into?: string;
  /** Positions that change in the same step. */
  positions?: IPositions;
}

/** Arguments of a layer; `undefined` stands for Keras' default. */
export interface ILayerArguments {
  [argument: string]: JSONValue | undefined;
}

/** Arguments of `compile`, as Keras writes them in `compile_config`; `undefined` stands for Keras' default. */
export interface ICompileValues {
  [argument: string]: JSONValue | undefined;
}

/** What changed in a document. */
export interface IKerasDocumentChange extends DocumentChange {
  /** The text that the document would be saved as is another. */
  sourceChange?: boolean;
  /** Edits are about another model of the document. */
  shownChange?: boolean;
  /** Other ports are shown that no tensor goes into. */
  portsChange?: boolean;
  /** A Sequential became Functional, because it is no chain any more. */
  becameFunctional?: boolean;
  /** A layer has another name. */
  renamed?: { from: string; to: string };
}
