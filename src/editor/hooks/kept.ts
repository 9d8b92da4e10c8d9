import * as React from 'react';

/**
 * The previous value, as long as the new one is equal to it, so that what depends on it is not computed again.
 */
export function useKept<T>(value: T, isSame: (a: T, b: T) => boolean): T {
  const kept = React.useRef(value);
  if (kept.current !== value && !isSame(kept.current, value)) {
    kept.current = value;
  }
  return kept.current;
}
