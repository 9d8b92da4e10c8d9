/** Colours of numbers: what is below 0 is blue and what is above is orange, which colour-blind people tell apart. */
import type { IView } from '../../core';

export type Colour = readonly [number, number, number];

/** Okabe and Ito's blue and vermilion, with nearly white for 0. */
export const BELOW: Colour = [0, 114, 178];
export const ZERO: Colour = [247, 247, 247];
export const ABOVE: Colour = [213, 94, 0];
const BLACK: Colour = [0, 0, 0];
const WHITE: Colour = [255, 255, 255];

/** The colour of each byte of a view that has one number for a pixel. */
export function palette({ of, kind, low, high }: IView): readonly Colour[] {
  const isSigned = of === 'plane' || (kind !== 'image' && low < 0 && high > 0);
  const most = Math.max(-low, high) || 1;
  return Array.from({ length: 256 }, (_, byte) => {
    if (!isSigned) {
      return between(BLACK, WHITE, byte / 255);
    }
    const value = low + (byte / 255) * (high - low);
    return between(ZERO, value < 0 ? BELOW : ABOVE, Math.abs(value) / most);
  });
}

/** A colour between two. */
export function between(from: Colour, to: Colour, share: number): Colour {
  const at = (i: 0 | 1 | 2) => Math.round(from[i] + (to[i] - from[i]) * share);
  return [at(0), at(1), at(2)];
}

/** A colour as CSS has it. */
export function cssColour(colour: Colour): string {
  return `rgb(${colour.join(', ')})`;
}
