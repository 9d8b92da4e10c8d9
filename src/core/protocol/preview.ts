// Written by `make protocol` from kerasviz/protocol; change it there.
/** What is in the data, before anybody trains on it. */

import type { JSONObject } from '@lumino/coreutils';
import type { IChosenJSON, IColumnsJSON, IStepJSON } from '../keras';
import type { Sentence } from '../translation';

/** What a column seems to be: `id` tells rows apart and says nothing more of them. */
export type ColumnKind = 'number' | 'category' | 'text' | 'date' | 'id' | 'constant' | 'empty';

/** What data is, for the eye: a table of columns, or samples that are pictures, texts, sounds or arrays. */
export type PreviewKind = 'table' | 'images' | 'texts' | 'sounds' | 'arrays' | 'stream';

/** A value, and how often it occurs. */
export interface IClassCount {
  name: string;
  count: number;
}

/** How often values lie between two edges. */
export interface IHistogram {
  /** One more than counts, ascending. */
  edges: number[];
  counts: number[];
}

/** A column of a table, or one of an array. What is counted is counted in the rows that were looked at. */
export interface IPreviewColumn {
  name: string;
  kind: ColumnKind;
  /** As pandas or numpy calls it. */
  dtype: string;
  missing: number;
  infinite: number;
  /** How many different values there are, the missing ones aside. */
  distinct: number;
  /** Null where a column holds no numbers; so are the next ones. */
  minimum: number | null;
  maximum: number | null;
  mean: number | null;
  /** Standard deviation. */
  deviation: number | null;
  /** At 5, 25, 50, 75 and 95 %; empty without numbers. */
  quantiles: number[];
  /** The earliest date, or null where there is none. */
  first: string | null;
  last: string | null;
  /** The most frequent values, the first is the most frequent: all of them where there are few. */
  classes: IClassCount[];
  histogram: IHistogram | null;
  /** Whether it holds words without blanks between them, as Chinese and Thai are written. */
  unspaced: boolean;
}

/** One sample. */
export interface IPreviewSample {
  /** What it has in each column, in their order; dates and long texts as short text. */
  values: (string | number | boolean | null)[];
  /** Its class, where that is no column. */
  label: string | null;
  /** Where it comes from, relative to the folder that was chosen. */
  file: string | null;
  /** A PNG as a `data:` URL. */
  picture: string | null;
  /** The beginning of a text, or the shape of what can't be shown. */
  text: string | null;
}

/** What a careful person would ask about the data. */
export interface IPreviewQuestion {
  /** Machine-readable kind: `missingcells`, `constant`, `rareclasses`, ... */
  code: string;
  /** The column or array that it is about. */
  column: string | null;
  sentence: Sentence;
}

/** What suits the data: as in `kerasviz.training` and `compile_config`; null where nothing is proposed. */
export interface IProposed {
  columns: IColumnsJSON | null;
  preparation: IStepJSON[] | null;
  split: IChosenJSON | null;
  loss: string | null;
  /** Names, or objects as Keras writes them. */
  metrics: (string | JSONObject)[] | null;
  /** Arguments of the data source that are open, such as the size of pictures. */
  data: JSONObject | null;
  /** Of `fit`: with these, each class counts alike. */
  class_weight: { [key: string]: number } | null;
  reasons: Sentence[];
}

/** A look at the data. */
export interface IPreview {
  kind: PreviewKind;
  name: string;
  /** Samples that there are, counted; null where nobody knows, or they never end. */
  rows: number | null;
  /** How many of them were looked at; null where it was all of them. */
  sampled: number | null;
  columns: IPreviewColumn[];
  /** What is no table: its arrays that a model takes, as the steps of a preparation name them. */
  inputs: string[];
  /** Where samples have a class that is no column: folders, and arrays with targets. */
  classes: IClassCount[];
  samples: IPreviewSample[];
  /** What was found out of the file, by the arguments of the source: `delimiter`, `encoding`, ... */
  found: { [key: string]: string | number | boolean | null };
  /** What was done or left out while reading, e.g. the files that can't be read. */
  notes: Sentence[];
  questions: IPreviewQuestion[];
  proposed: IProposed;
}

/** Asks for a look at the data that a document is to be trained on; a newer request ends an older one. */
export interface IPreviewPayload {
  /** The text of the document. */
  document: string;
}

/** A column of a table, or an array in a file. */
export interface INamedPart {
  name: string;
  /** Shape and dtype; empty where they are not known. */
  holds: string;
}

/** What data is made of, which takes no time; empty where nothing in it has a name. */
export interface IColumnNames {
  columns: INamedPart[];
}

/** How far a look at the data is; told once at least, and often where it takes long. */
export interface IPreviewEvent {
  /** From 0 to 1. */
  share: number;
}
