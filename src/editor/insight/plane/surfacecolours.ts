/** What a model says over a plane of samples, as numbers, words and colours. */
import type { IPlaneAxis, ISurface } from '../../../core';
import {
  classColour,
  classSymbol,
  PLAIN_SYMBOL
} from '../../insight/classmarks';
import {
  ABOVE,
  BELOW,
  between,
  type Colour,
  ZERO
} from '../../insight/colours';
import { floatsOf } from '../../insight/viewvalues';

/** Share of the whole colour that cells have at most, so that samples stand out. */
const SOFT = 0.7;

/** A surface with its numbers. */
export interface ISurfaceValues extends Omit<ISurface, 'values' | 'certainty'> {
  values: Float32Array;
  certainty: Float32Array;
}

/** Reads the numbers of a surface. */
export function readSurface(surface: ISurface): ISurfaceValues {
  const { values, certainty } = surface;
  return {
    ...surface,
    values: floatsOf(values),
    certainty: floatsOf(certainty)
  };
}

/** The colour of what a cell says: stronger where the model is surer, nearly white on the boundary. */
export function cellColour(surface: ISurfaceValues, cell: number): Colour {
  const { kind, values, certainty, middle } = surface;
  if (kind !== 'classes') {
    return between(ZERO, numberColour(surface, values[cell]), SOFT);
  }
  const sure = (certainty[cell] - middle) / (1 - middle || 1);
  const share = SOFT * (0.25 + 0.75 * sure);
  return between(ZERO, classColour(values[cell]), share);
}

/** The colour of a number: blue below what is in the middle, orange above. */
export function numberColour(
  { low, middle, high }: Pick<ISurface, 'low' | 'middle' | 'high'>,
  value: number
): Colour {
  const most = Math.max(middle - low, high - middle) || 1;
  const share = Math.min(1, Math.abs(value - middle) / most);
  return Number.isFinite(value)
    ? between(ZERO, value < middle ? BELOW : ABOVE, share)
    : [128, 128, 128];
}

/** The colour of a sample, by what is to be predicted of it. */
export function pointColour(
  target: number | null | undefined,
  hasClasses: boolean,
  scale: Pick<ISurface, 'low' | 'middle' | 'high'>
): Colour {
  if (target === null || target === undefined) {
    return [96, 96, 96];
  }
  return hasClasses ? classColour(target) : numberColour(scale, target);
}

/** The symbol of a sample, by its class. */
export function pointSymbol(
  target: number | null | undefined,
  hasClasses: boolean
): string {
  return hasClasses && typeof target === 'number'
    ? classSymbol(target)
    : PLAIN_SYMBOL;
}

/** The pixels of a surface. */
export function surfacePixels(surface: ISurfaceValues): ImageData {
  const { side } = surface;
  const image = new ImageData(side, side);
  for (let cell = 0; cell < side * side; cell++) {
    image.data.set([...cellColour(surface, cell), 255], cell * 4);
  }
  return image;
}

/** Where the middle of a cell is, in the units of an axis; cells are counted from its low end. */
export function middleOf(
  { low, high }: IPlaneAxis,
  cell: number,
  count: number
): number {
  return low + ((cell + 0.5) * (high - low)) / count;
}

/** Round numbers on an axis, three to six of them. */
export function ticksOf({ low, high }: IPlaneAxis): number[] {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find(by => by * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, i) =>
    Number(((first + i) * step).toPrecision(6))
  );
}
