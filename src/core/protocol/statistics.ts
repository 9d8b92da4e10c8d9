// Written by `make protocol` from kerasviz/protocol; change it there.
/** What is measured of each layer while a model trains; `statistics.jsonl` has a `Measurement` a line. */

import type { IAt } from './insight';

/** How values are spread; null where that is no finite number. */
export interface ISpread {
  mean: number | null;
  /** Standard deviation. */
  deviation: number | null;
  minimum: number | null;
  maximum: number | null;
  /**
   * How many of the finite values lie in each of 24 equal parts from `minimum` to `maximum`; of many values
   * some thousands, evenly spaced, are counted.
   */
  histogram: number[];
}

/** Of the weights of a layer that can be trained. */
export interface IWeightFacts extends ISpread {
  /** Euclidean, of all together. */
  norm: number | null;
}

/** Of the loss, with respect to the weights that are trained. */
export interface IGradientFacts extends ISpread {
  norm: number | null;
  /** Share that is exactly 0. Where the loss does not depend on the weights, all are. */
  zero: number;
}

/**
 * Of what comes out of a layer for the samples; of outputs the first, of calls all together.
 *
 * Of a layer in a wrapper that makes many calls, the first 8 count, then the 16th, the 32nd and so on.
 */
export interface IActivationFacts extends ISpread {
  /** Share that is exactly 0. */
  zero: number;
  /**
   * Share of the units (channels) that gave 0 for every sample, in each of the calls; null for an
   * activation that lets negative values pass. Of a wrapper such as `Bidirectional`, of the layers in it.
   */
  dead: number | null;
  /** Share within 1 % of an end of what the activation can give; null for one without two such ends. */
  saturated: number | null;
}

/** One layer; null where there is nothing to measure, or it could not be measured. */
export interface ILayerStatistics {
  weights: IWeightFacts | null;
  gradients: IGradientFacts | null;
  activations: IActivationFacts | null;
  /**
   * Norm of the change of the weights since the measurement before, divided by their norm then; null for
   * the first one. Of many weights some thousands, evenly spaced, are compared.
   */
  update: number | null;
  /** Whether it has weights and `trainable` is false. */
  frozen: boolean;
}

/** All layers at one moment, measured on the same few samples each time. */
export interface IMeasurement {
  /** Batches that were done. */
  step: number;
  /** The one that it was, counted from 1; 0 before the first batch. */
  epoch: number;
  /** By name, in the order of the model; of a model inside, or in a wrapper, `inner/dense`. */
  layers: { [key: string]: ILayerStatistics };
}

/** Asks for the last measurement of the run that is trained, or for that of an epoch of any run. */
export interface IStatisticsPayload {
  /** As events name it. */
  run?: string;
  /** Then the run is not asked for: the last measurement until the end of that epoch is. */
  at?: IAt | null;
}

/** A measurement; null where there is none. */
export interface IStatisticsResult {
  measured: IMeasurement | null;
}
