import * as React from 'react';
import type { IView } from '../../core';
import { linesOf } from './viewvalues';

export interface ILinesProps {
  view: IView;
  /** Told the number of the place under the mouse, and null when there is none. */
  onPoint?(place: number | null): void;
}

const HEIGHT = 100;

/** Bars for values without an order in time, and a line for each channel over time; both stand on 0. */
export function Lines({ view, onPoint }: ILinesProps): JSX.Element {
  const { low, high, width, kind } = view;
  const lines = linesOf(view);
  const y = (value: number) =>
    ((high - value) / (high - low || 1)) * HEIGHT || 0;
  return (
    <svg
      className="jp-kerasviz-Lines"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden
      onMouseLeave={onPoint && (() => onPoint(null))}
      onMouseMove={
        onPoint &&
        (({ clientX, currentTarget }) => {
          const box = currentTarget.getBoundingClientRect();
          const place = Math.floor(((clientX - box.left) / box.width) * width);
          onPoint(Math.max(0, Math.min(width - 1, place)));
        })
      }
    >
      <line x1={0} x2={width} y1={y(0)} y2={y(0)} />
      {kind === 'bars'
        ? lines[0].map((value, i) => (
            <rect
              key={i}
              x={i + 0.1}
              width={0.8}
              y={Math.min(y(0), y(value))}
              height={Math.abs(y(value) - y(0))}
            />
          ))
        : lines.map((values, i) => (
            <polyline
              key={i}
              data-line={i}
              points={values
                .map((value, x) => `${x + 0.5},${y(value)}`)
                .join(' ')}
            />
          ))}
    </svg>
  );
}
