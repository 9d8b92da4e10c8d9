/** Weights as colours: orange speaks for an answer, blue against it, and what has no colour counts for nothing. */
import type { IWhyPart } from '../../core';
import { ABOVE, BELOW, type Colour } from '../insight/colours';

/** How strong the colour of a weight is, from 0 to 1: small ones can be seen, too. */
export function strengthOf(weight: number, most: number): number {
  return most > 0 ? Math.sqrt(Math.min(1, Math.abs(weight) / most)) : 0;
}

/** The colour of a weight. */
export function colourOf(weight: number): Colour {
  return weight < 0 ? BELOW : ABOVE;
}

/** A colour of CSS for a weight, over whatever is behind it. */
export function cssOf(weight: number, most: number, opacity = 1): string {
  return `rgba(${colourOf(weight).join(', ')}, ${(strengthOf(weight, most) * opacity).toFixed(3)})`;
}

/** A pixel for each weight, as red, green, blue and opacity, to be laid over a picture. */
export function heatOf(
  { most }: Pick<IWhyPart, 'most'>,
  weights: Float32Array
): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(weights.length * 4);
  weights.forEach((weight, i) => {
    const opacity = Math.round(strengthOf(weight, most) * 255);
    pixels.set([...colourOf(weight), opacity], i * 4);
  });
  return pixels;
}
