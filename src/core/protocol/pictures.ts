// Written by `make protocol` from kerasviz/protocol; change it there.
/** What the messages say about pictures as code. */

import type { IChosenJSON } from '../keras';
import type { IAt } from './insight';
import type { ISliceOf } from './results';

/** Asks for the Python that gives the numbers of a picture and draws it. */
export interface IPictureCodePayload {
  /** Keras JSON. */
  document: string;
  /** Which one, and what it shows. */
  picture: IChosenJSON;
  /** Of a result, which output of the model; the first one where it is not said. */
  output?: number;
  /** Of a result, the samples that it is of; null for all. */
  slice?: ISliceOf | null;
  /** Whose weights count; null for the model as it is now. */
  at?: IAt | null;
}

/** Runs in a notebook on the same kernel, beside the document. */
export interface IPictureCode {
  code: string;
}
