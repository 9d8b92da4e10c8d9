// Written by `make protocol` from kerasviz/protocol; change it there.
/** What a page needs to begin. */

import type { IKerasError } from './errors';
import type { ISavingEvent } from './files';
import type { IRateTest, IRunJSON } from './run';

/** A device to train on. */
export interface IDevice {
  /** As Keras names it, e.g. `cpu:0`, `gpu:0`. */
  name: string;
  /** For people: `NVIDIA H200`, `CPU`. */
  label: string;
}

/** Says which document a page shows. */
export interface IHelloPayload {
  /** Its path; empty in a notebook. Where a page said another one before, the document was renamed. */
  document: string;
}

/** All that a new or reloaded page needs to know. */
export interface IHello {
  /** Of the protocol. */
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
  /** Variable of the trained model, where the document does not say it. */
  model_name: string;
  /** The last run of this document, whole, or null. */
  run: IRunJSON | null;
  /** The last range test of learning rates in this kernel, or null. */
  rate_test: IRateTest | null;
  /** Exports of the model that go on. */
  saving: ISavingEvent[];
}

/** Keras, whose import begins with `hello` and takes seconds, is there, or can't be imported. */
export interface IKerasEvent {
  devices: IDevice[];
  error: IKerasError | null;
}

/** The catalogue in the kernel is known, or changed (a custom layer was registered). */
export interface ICatalogEvent {
  hash: string;
}

/** A cell made or replaced arrays, tables or batches: what is known of the data may be another. */
export interface IArraysEvent {
  /** How many of the user's variables are data. */
  count: number;
}

/** A cell registered or changed classes, or set what layers take as defaults: shapes may be others. */
export interface ISettingsEvent {
  /** Another number each time. */
  generation: number;
}

/** Asks for a file of kerasviz: in a notebook no page serves them. */
export interface IAssetPayload {
  name: 'plotly' | 'catalog';
}

/** JavaScript, or the catalogue that ships with kerasviz. */
export interface IAsset {
  source: string;
}
