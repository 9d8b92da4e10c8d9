// Written by `make protocol` from kerasviz/protocol; change it there.
/** What the messages say about changing a sample. */

import type { IChosenJSON } from '../keras';

/** What a field of a form takes; a moment has a time of the day, and of another one nothing can be changed. */
export type FieldKind = 'number' | 'category' | 'text' | 'date' | 'moment' | 'picture' | 'numbers' | 'other';

/** Numbers of an input; rows lie one after the other. */
export interface INumbersField {
  shape: number[];
  /** Null where one is not finite. */
  values: (number | null)[];
  /** The lowest of each that some samples of the data have. */
  low: number[];
  high: number[];
}

/** An input of a sample. */
export interface ISampleInput {
  name: string;
  /** Those to something else in its place, such as `by_drawing`. */
  ways: string[];
}

/** A part of a sample that a person can change. */
export interface ISampleField {
  /** The column, or the input. */
  name: string;
  kind: FieldKind;
  /** Of an input, those to something else in its place. */
  ways: string[];
  /** What it is now; null where it is missing. Of a picture a PNG as a `data:` URL. */
  value: string | number | boolean | null;
  /** Of the values in the data; null where they are no numbers. */
  minimum: number | null;
  maximum: number | null;
  /** Whether all of them are whole numbers. */
  whole: boolean;
  /** The classes, the most frequent one first; empty where others are possible, too. */
  choices: string[];
  /** Whether it is missing in some samples. */
  may_miss: boolean;
  /** Of the kind `numbers`. */
  numbers: INumbersField | null;
}

/** Asks what of a sample can be changed. */
export interface ISampleFormPayload {
  /** Keras JSON. */
  document: string;
  /** The sample; null for a typical row. */
  of: IChosenJSON | null;
}

/** What of a sample can be changed. */
export interface ISampleForm {
  fields: ISampleField[];
}
