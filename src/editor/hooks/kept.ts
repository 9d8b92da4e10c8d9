import * as React from 'react';

/**
 * The value that was there before, as long as a new one is the same: what is made of it need not be made
 * anew then.
 */
export function useKept<T>(value: T, isSame: (a: T, b: T) => boolean): T {
  const kept = React.useRef(value);
  if (kept.current !== value && !isSame(kept.current, value)) {
    kept.current = value;
  }
  return kept.current;
}
