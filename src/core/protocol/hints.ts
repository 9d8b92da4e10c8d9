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

/** The part of a curve that a hint was found by. */
export interface IStretch {
  /** As the history names it: `loss`, `val_loss`, ... */
  metric: string;
  /** Its first epoch, counted from 1. */
  first: number;
  last: number;
}

/** A sample that a hint was found by. */
export interface ISampleNumber {
  part: 'training' | 'validation';
  /** Its number among the samples of the part. */
  index: number;
}

/** What is wrong with a training, or could be better. */
export interface IHint {
  /** Which rule it is: `inputs-not-scaled`, ... */
  code: string;
  /** What it was found in: drawing, plan and data as they stand, or the curves of the run. */
  of: 'drawing' | 'run';
  /** What it is about, in a few words. */
  title: Sentence;
  severity: Severity;
  /** The layer it is about, or null. */
  layer: string | null;
  /** What is wrong, and what to do, for a beginner. */
  sentence: Sentence;
  evidence: IEvidence[];
  /** Where it is seen on a curve, or null. */
  stretch: IStretch | null;
  /** A few of those that show it. */
  samples: ISampleNumber[];
  /** What comes of it if it stays. */
  consequence: Sentence;
  /** Why it is bad, with a bad and a good example: Markdown, in English. */
  doc: string;
  /** A change of drawing or plan that helps, or null. */
  fix: IFix | null;
}

/** Asks about a document as it stands, and about its last run. */
export interface IHintsPayload {
  /** Keras JSON. */
  document: string;
  /** Whether its data may be read; else only what was read before, or is in memory, is looked at. */
  read: boolean;
}

/** What there is to say about a document and its last run, whether it is silenced or not. */
export interface IHints {
  /** The gravest first. */
  hints: IHint[];
  /** The run whose curves were looked at, by its id; null where there is none in this kernel. */
  run: string | null;
  /** Whether the drawing or the plan is another one than that of the run. */
  changed: boolean;
  /** Whether samples of the data were looked at. */
  looked: boolean;
  /** Codes of hints about the run whose fix the document has. */
  done: string[];
}
