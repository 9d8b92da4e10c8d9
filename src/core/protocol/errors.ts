// Written by `make protocol` from kerasviz/protocol; change it there.
/** What can go wrong, and how it is fixed. */

import type { JSONObject } from '@lumino/coreutils';
import type { Sentence } from '../translation';

/** A fix: its title for the button; the rest is for the kernel's `apply_fix` alone. */
export interface IFix {
  title: Sentence;
  edits: JSONObject[];
  /** The layers that lead to the model inside which it is about. */
  path?: string[];
}

/** What went wrong, where, and Keras' own words. */
export interface IKerasError {
  /** Machine-readable kind: `missing_argument`, `shape`, `unknown_base`, `no_data`, ... */
  code: string;
  /** The layer it is about, or null when it is about the whole model. */
  layer: string | null;
  /** A sentence that a beginner understands, with the way out. */
  message: Sentence;
  /** Keras' own message, or null. */
  detail: string | null;
  /** A fix that is certain enough to offer, or null. Those of an analysis come after it, as `fixes`. */
  fix: IFix | null;
}
