/** The numbers of a view. */
import type { IView } from '../../core';

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
