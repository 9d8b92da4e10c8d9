/**
 * The messages between the editor and the kernel. `kerasviz/protocol.py` is the other side.
 *
 * Requests `{id, type, payload, version}` get one reply `{id, ok, payload | error}`. Events
 * `{event, seq, payload}` come unasked; `seq` counts by one in each session, so a gap shows.
 */
import type { JSONObject } from '@lumino/coreutils';
import type { ICatalog } from '../catalog/catalog';
import type { ILayerJSON, IModelJSON, Shape } from '../keras';
import type { Sentence } from '../translation';
import type { IBackup, ICurves, IRun, IRunStatus } from './run';

export * from './run';

export const PROTOCOL_VERSION = 1;

/** What went wrong, where, and Keras' own words. */
export interface IKerasError {
  /** Machine-readable kind: `missing_argument`, `shape`, `unknown_base`, `no_data`, ... */
  code: string;
  /** The layer it is about, or null when it is about the whole model. */
  layer: string | null;
  /** A sentence a beginner understands. */
  message: Sentence;
  /** Keras' own message, or null. */
  detail: string | null;
  /** A mend that is certain enough to offer, or null. Those of an analysis come after it, as `fixes`. */
  fix: IFix | null;
}

/** A mend: its title for the button; the rest is for the kernel's `apply_fix` alone. */
export interface IFix {
  title: Sentence;
  [key: string]: unknown;
}

/** What the analysis knows of one node (one call of a layer). */
export interface INodeAnalysis {
  /** One shape for each output tensor. */
  shapes: Shape[];
  /** One dtype for each output tensor. */
  dtypes: string[];
  /** Parameters of the layer; 0 on calls after the first, so that sums are right. */
  params: number;
  trainable: number;
  /** Multiply-adds of this call for one sample, or null where they are not known. */
  macs?: number | null;
  /** The error of this node, or null. */
  error: IKerasError | null;
  /** True when an earlier node must be mended, or an input connected, before this one can be computed. */
  waiting: boolean;
}

export interface ITotals {
  layers: number;
  params: number;
  trainable: number;
  /** Memory of the weights, in bytes. */
  bytes: number;
}

/**
 * A model, complete or as a change to an earlier one: an item of `layers` is a whole layer, or
 * `[start, count]`, a run of layers taken over from revision `base`.
 */
export interface IAnalyzePayload {
  revision: number;
  base: number | null;
  /** The document with `config.layers` left empty, and of its `kerasviz` key nothing but the data to train on. */
  model: IModelJSON;
  layers: (ILayerJSON | [number, number])[];
}

export interface IAnalyzeResult {
  revision: number;
  /** Node id to its analysis; only what changed since `base`; null where a node is gone. */
  nodes: { [node: string]: INodeAnalysis | null };
  totals: ITotals;
  /** What is wrong with the model as a whole. */
  errors: IKerasError[];
}

/** Mends for the errors of a revision: by node, and one item for each of the `errors` of the model as a whole. */
export interface IFixesResult {
  revision: number;
  nodes: { [node: string]: IFix };
  errors: (IFix | null)[];
}

export interface IDevice {
  /** As Keras names it, e.g. `cpu:0`, `gpu:0`. */
  name: string;
  /** For people: `NVIDIA H200`, `CPU`. */
  label: string;
}

export interface IHello {
  version: number;
  kerasviz: string;
  keras: string;
  backend: string;
  /** Empty until the kernel has imported Keras; the event `catalog` tells it then. */
  catalog_hash: string;
  /** Empty until the kernel has imported Keras; the event `keras` tells them then. */
  devices: IDevice[];
  /** The number of the last event that the snapshot holds. */
  seq: number;
  /** The last run of this document, whole, or null. */
  run: IRun | null;
}

/** Where weights start: where training left them, as new ones, or in the backup of a kernel that died. */
export type TrainStart = 'trained' | 'fresh' | 'backup';

export interface IArray {
  name: string;
  shape: number[];
  dtype: string;
}

/** A model in the kernel. */
export interface IModelEntry {
  /** The variable that holds it. */
  name: string;
  class_name: string;
  /** Null before it is built. */
  params: number | null;
}

/** What a layer takes and sees. */
export interface ILayerCost {
  /** Multiply-adds of all its calls for one sample, or null where they are not known. */
  macs: number | null;
  /** Sizes of the part of the input that one position of its output has seen, or null. */
  receptive_field: number[] | null;
}

/** What training takes; memory in bytes. */
export interface ICost {
  layers: { [layer: string]: ILayerCost };
  /** Multiply-adds for one sample, of the layers where they are known. */
  macs: number;
  memory: {
    weights: number;
    /** The output of every layer for one batch. */
    activations: number;
    gradients: number;
    optimizer: number;
    total: number;
  };
  /** Memory that is free: of the GPU of that name, or of the machine; null where nobody tells. */
  capacity: { free: number; gpu: string | null } | null;
}

/** A format that models are saved in. `keeps` and `loses` are lists in words. */
export interface IFormat {
  /** What people call it: `Keras`, `HDF5`, `TensorFlow SavedModel`, ... */
  name: string;
  /** Ends of file names that choose it, the usual one first; `''` for the SavedModel, which is a folder. */
  ends: string[];
  /** What of the model is in the file. */
  keeps: Sentence;
  /** What is not. */
  loses: Sentence;
}

/** A model that was saved: where, and what of it. */
export interface ISaved {
  path: string;
  /** Of all files together where it is a folder. */
  bytes: number;
  keeps: Sentence;
  loses: Sentence;
}

/** Each request with what it carries and what it is answered. */
export interface IRequests {
  hello: { payload: { document: string }; result: IHello };
  catalog: { payload: JSONObject; result: ICatalog };
  analyze: { payload: IAnalyzePayload; result: IAnalyzeResult };
  /** Looks for mends of what was wrong with the revision that was analysed last. */
  fixes: { payload: { revision: number }; result: IFixesResult };
  apply_fix: {
    payload: { document: IModelJSON; fix: IFix };
    result: { document: IModelJSON };
  };
  /** Keras code that defines the model, as `kerasviz.to_code` writes it. */
  code: { payload: { document: IModelJSON }; result: { code: string } };
  cost: {
    payload: { document: IModelJSON; batch_size: number };
    result: ICost;
  };
  /** Keras' diagram: for a file, never for the page. */
  diagram: { payload: { document: IModelJSON }; result: { svg: string } };
  /**
   * Keras' summary of a subclassed model that is a layer; null where it is none. `layers` are the names that lead
   * to it, from the outermost.
   */
  summary: {
    payload: { document: IModelJSON; layers: string[] };
    result: { summary: string | null };
  };
  /** Begins a run of the document's plan. */
  train: {
    payload: { document: IModelJSON; start: TrainStart };
    result: { run: string };
  };
  control: { payload: { run: string } & IControl; result: JSONObject };
  history: { payload: { run: string }; result: IRun & { seq: number } };
  arrays: { payload: JSONObject; result: { arrays: IArray[] } };
  /** The models among the user's variables. */
  models: { payload: JSONObject; result: { models: IModelEntry[] } };
  /** Takes a model of the kernel, with its weights, for this document. */
  open_model: { payload: { name: string }; result: { document: IModelJSON } };
  /** Saves the trained model (or a new one from `document`) in the kernel's folder. */
  save: {
    /** The end of the path chooses the format, see `formats`. */
    payload: { document: IModelJSON; path: string };
    result: ISaved;
  };
  /** The formats that `save` writes, the one that suits most first. */
  formats: { payload: JSONObject; result: { formats: IFormat[] } };
  /** Loads weights, into a model as it is drawn, from a file beside the document; `note` says what was taken. */
  load_weights: {
    payload: { document: IModelJSON; file: string };
    result: { note: Sentence };
  };
  /** JavaScript, and the catalogue that ships with kerasviz: for a notebook, where no page serves them. */
  asset: {
    payload: { name: 'plotly' | 'catalog' };
    result: { source: string };
  };
}

/** Requests about a document as it stands. */
export type Question = {
  [K in keyof IRequests]: IRequests[K]['payload'] extends {
    document: IModelJSON;
  }
    ? K
    : never;
}[keyof IRequests];

/** What is asked of a run; it takes the control channel where there is one, as it must not wait in any queue. */
export type IControl =
  | { action: 'stop' | 'pause' | 'resume' }
  | { action: 'learning_rate'; value: number };

/** Each event with what it carries. */
export interface IEvents {
  /** The run's state, and points since the last event. */
  run: { status: IRunStatus; curves: ICurves };
  /** Keras, whose import begins with `hello` and takes seconds, is there, or can't be imported. */
  keras: { devices: IDevice[]; error: IKerasError | null };
  /** The catalogue in the kernel is known, or changed (a custom layer was registered). */
  catalog: { hash: string };
  /** What a kernel that died has left of the last run, told after each `hello`; null where there is nothing. */
  backup: { backup: IBackup | null };
}
