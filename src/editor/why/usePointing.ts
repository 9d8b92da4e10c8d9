import * as React from 'react';

export interface IPointing {
  /** The number of what is pointed at; null for nothing. */
  point: number | null;
  setPoint(point: number | null): void;
  /** Takes the arrow keys, for what lies in rows. */
  onKeyDown(event: React.KeyboardEvent): void;
}

/** What is pointed at by mouse or by arrow keys, among things in rows; with Shift, ten at a time. */
export function usePointing(count: number, columns: number): IPointing {
  const [chosen, setPoint] = React.useState<number | null>(null);
  const point = chosen !== null && chosen < count ? chosen : null;
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const by = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns
    }[event.key];
    if (by === undefined) {
      return;
    }
    const next = point === null ? 0 : point + by * (event.shiftKey ? 10 : 1);
    if (next >= 0 && next < count) {
      setPoint(next);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return { point, setPoint, onKeyDown };
}
