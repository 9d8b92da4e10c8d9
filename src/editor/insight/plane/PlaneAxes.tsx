import * as React from 'react';
import type { ISamplePlane } from '../../../core';
import { formatNumber } from '../../insight/OutputView';
import { ticksOf } from './surfacecolours';

/** Puts the axes of a plane around a picture of it. */
export function PlaneAxes({
  plane: { across, up },
  children
}: {
  plane: ISamplePlane;
  children: React.ReactNode;
}): JSX.Element {
  const share = (axis: typeof across, value: number) =>
    `${(100 * (value - axis.low)) / (axis.high - axis.low)}%`;
  return (
    <div className="jp-kerasviz-PlaneAxes">
      <span className="jp-kerasviz-PlaneAxes-up" title={up.name}>
        {up.name}
      </span>
      <div className="jp-kerasviz-PlaneAxes-left" aria-hidden>
        {ticksOf(up).map(tick => (
          <span key={tick} style={{ bottom: share(up, tick) }}>
            {formatNumber(tick)}
          </span>
        ))}
      </div>
      {children}
      <div className="jp-kerasviz-PlaneAxes-below" aria-hidden>
        {ticksOf(across).map(tick => (
          <span key={tick} style={{ left: share(across, tick) }}>
            {formatNumber(tick)}
          </span>
        ))}
      </div>
      <span className="jp-kerasviz-PlaneAxes-across" title={across.name}>
        {across.name}
      </span>
    </div>
  );
}
