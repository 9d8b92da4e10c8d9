// Written by `make protocol` from kerasviz/protocol; change it there.
/** Models that are laid out from data. */

import type { Sentence } from '../translation';

/** A document that was made from data, and why it is so. */
export interface ILaidOut {
  /** Keras JSON, with the training setup and the plan. */
  document: string;
  /** A sentence for each choice. */
  reasons: Sentence[];
}
