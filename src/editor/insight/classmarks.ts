/** Colours and symbols of classes: ten colours, with another symbol for each further ten, as Plotly's charts have. */
import { ABOVE, BELOW, between, type Colour } from './colours';

/** After Okabe and Ito: colour-blind people tell them apart. As many as digits. */
const COLOURS: readonly Colour[] = [
  BELOW,
  ABOVE,
  [0, 158, 115],
  [204, 121, 167],
  [230, 159, 0],
  [86, 180, 233],
  [120, 94, 40],
  [90, 90, 90],
  [240, 228, 66],
  [180, 180, 180]
];

/** Circle, square, triangle, diamond, cross, triangle on its head, star, hourglass: each about as large as a circle of radius 1. */
const SYMBOLS: readonly string[] = [
  'M-1 0A1 1 0 1 1 1 0A1 1 0 1 1 -1 0Z',
  'M-.9-.9H.9V.9H-.9Z',
  'M0-1.2L1.15.85H-1.15Z',
  'M0-1.3L1.3 0L0 1.3L-1.3 0Z',
  'M-.4-1.2H.4V-.4H1.2V.4H.4V1.2H-.4V.4H-1.2V-.4H-.4Z',
  'M0 1.2L1.15-.85H-1.15Z',
  'M0-1.4L.35-.48L1.33-.43L.57.18L.82 1.13L0 .6L-.82 1.13L-.57.18L-1.33-.43L-.35-.48Z',
  'M-1-1.1H1L-1 1.1H1Z'
];

/** Areas have no symbol: the colours of further tens are darker, then lighter. */
const SHADES: readonly [Colour, number][] = [
  [[0, 0, 0], 0],
  [[0, 0, 0], 0.45],
  [[255, 255, 255], 0.5]
];

/** The colour of a class, by its number. */
export function classColour(number: number): Colour {
  const [shade, share] = SHADES[tenOf(number) % SHADES.length];
  return between(COLOURS[number % COLOURS.length], shade, share);
}

/** The symbol of a class as the path of an SVG, around 0 with a radius of about 1. */
export function classSymbol(number: number): string {
  return SYMBOLS[tenOf(number) % SYMBOLS.length];
}

/** The symbol of what has no class. */
export const PLAIN_SYMBOL = SYMBOLS[0];

function tenOf(number: number): number {
  return Math.floor(number / COLOURS.length);
}
