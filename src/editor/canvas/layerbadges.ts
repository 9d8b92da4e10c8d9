/** What is wrong with a layer while it trains, as far as a number tells. */
import type { ILayerStatistics } from '../../core';

export type BadgeKind = 'frozen' | 'no-gradient' | 'dead' | 'saturated';

export interface ILayerBadge {
  kind: BadgeKind;
  /** The number that it is said for: a share, or the norm of the gradient. */
  value: number;
}

/** A few units are always silent for so few samples. */
const MANY_DEAD = 0.5;

const MANY_SATURATED = 0.9;

/**
 * The badges of a layer.
 *
 * @param isOutput - Whether it is the last one: of a classifier that is sure, outputs lie at an end.
 */
export function badgesOf(
  { frozen, gradients, activations }: ILayerStatistics,
  isOutput: boolean
): ILayerBadge[] {
  const badges: ILayerBadge[] = [];
  const dead = activations?.dead ?? 0;
  const saturated = activations?.saturated ?? 0;
  if (frozen) {
    badges.push({ kind: 'frozen', value: 0 });
  } else if (gradients?.norm === 0) {
    badges.push({ kind: 'no-gradient', value: gradients.norm });
  }
  if (dead >= MANY_DEAD) {
    badges.push({ kind: 'dead', value: dead });
  }
  if (saturated >= MANY_SATURATED && !isOutput) {
    badges.push({ kind: 'saturated', value: saturated });
  }
  return badges;
}
