/** The numbers of a view. */
import type { ILargeView, IView } from '../../core';

/** The bytes of a view, as the kernel sent them. */
export function bytesOf(view: IView): Uint8Array {
  return Uint8Array.from(atob(view.values), letter => letter.charCodeAt(0));
}

/** The lines of a view of the kinds `bars` and `curves`, each a list of numbers. */
export function linesOf(view: IView): number[][] {
  const { count, width, low, high } = view;
  const bytes = bytesOf(view);
  return Array.from({ length: count }, (_, line) =>
    Array.from(
      bytes.subarray(line * width, (line + 1) * width),
      byte => low + (byte / 255) * (high - low)
    )
  );
}

/** The numbers of a large view, one for each byte of its view; or those of weights. */
export function numbersOf({
  numbers
}: Pick<ILargeView, 'numbers'>): Float32Array {
  return floatsOf(numbers);
}

/** The numbers of a text, as the kernel sends them: base64 of float32. */
export function floatsOf(text: string): Float32Array {
  const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}

/**
 * Where in an output something is, and what is there: for lines, the value of each at a place.
 *
 * @param point - The number of a pixel, counted through all pictures, or of a place on a line.
 */
export function placeOf(
  { kind, count, width, height, colours }: IView,
  numbers: Float32Array,
  point: number
): { channel: number; row: number; column: number; values: number[] } {
  if (kind === 'bars' || kind === 'curves') {
    const values = Array.from(
      { length: count },
      (_, line) => numbers[line * width + point]
    );
    return { channel: 0, row: 0, column: point, values };
  }
  const pixel = point % (width * height);
  return {
    channel: Math.floor(point / (width * height)),
    row: Math.floor(pixel / width),
    column: pixel % width,
    values: [...numbers.subarray(point * colours, (point + 1) * colours)]
  };
}
