import * as React from 'react';
import { formatNumber } from './OutputView';

/** Steps of a scale: as many as eyes tell apart. Each is a box, which a file can hold, other than a gradient. */
const STEPS = 16;

/** The colours of numbers, from the lowest to the highest. */
export function ColourScale({
  low,
  high,
  colourOf
}: {
  low: number;
  high: number;
  /** Of a number, for CSS. */
  colourOf(value: number): string;
}): JSX.Element {
  return (
    <span className="jp-kerasviz-ColourScale">
      {formatNumber(low)}
      <span aria-hidden>
        {Array.from({ length: STEPS }, (_, i) => (
          <span
            key={i}
            style={{
              background: colourOf(low + ((i + 0.5) * (high - low)) / STEPS)
            }}
          />
        ))}
      </span>
      {formatNumber(high)}
    </span>
  );
}
