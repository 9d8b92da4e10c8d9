// Written by `make protocol` from kerasviz/protocol; change it there.
/** Hints: what can't work, hurts, or could be better in a training, with the evidence and perhaps a fix. */

import type { Sentence } from '../translation';
import type { IFix } from './errors';

/** It can't work, it hurts, it could be better. */
export type Severity = 'error' | 'warning' | 'info';

/** What a hint was found by. */
export interface IEvidence {
  /** For people, without the number. */
  what: Sentence;
  /** The number. */
  value: number;
}

/** What is wrong with a training, or could be better. */
export interface IHint {
  /** Which rule it is: `inputs-not-scaled`, ... */
  code: string;
  severity: Severity;
  /** The layer it is about, or null. */
  layer: string | null;
  /** What is wrong, and what to do, for a beginner. */
  sentence: Sentence;
  evidence: IEvidence[];
  /** What comes of it if it stays. */
  consequence: Sentence;
  /** A change of drawing or plan that helps, or null. */
  fix: IFix | null;
}

/** What there is to say about the last run of a document. */
export interface IHints {
  /** Its id; null where there is none, or it still trains. */
  run: string | null;
  hints: IHint[];
}
