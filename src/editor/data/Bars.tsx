import * as React from 'react';
import type { IHistogram } from '../../core';

const HEIGHT = 24;

/** How a column's values lie, small enough for a row of a table. */
export function Bars({
  histogram,
  label
}: {
  histogram: IHistogram;
  label: string;
}): JSX.Element {
  const { counts } = histogram;
  const most = Math.max(1, ...counts);
  return (
    <svg
      className="jp-kerasviz-Bars"
      viewBox={`0 0 ${counts.length} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {counts.map((count, i) => {
        const height = count === 0 ? 0 : Math.max(1, (HEIGHT * count) / most);
        return (
          <rect key={i} x={i} y={HEIGHT - height} width={0.9} height={height} />
        );
      })}
    </svg>
  );
}
