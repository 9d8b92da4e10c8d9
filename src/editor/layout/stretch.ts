/** Rows move apart while each card shows what comes out of its layer. */
import type { Point } from '../../core';
import { CARD, GAP } from './card';

/** Pixels of what is shown below a card. */
export const OUTPUT_ROOM = { width: CARD.width, height: 72 } as const;

const ROW = CARD.height + GAP.y;

/** How much farther apart rows are than the document says: the same for all, so no two cards meet. */
export function stretchOf(isOpen: boolean): number {
  return isOpen ? (ROW + OUTPUT_ROOM.height) / ROW : 1;
}

/** Where a card is shown that stands at a point of the document. */
export function stretched([x, y]: Point, by: number): Point {
  return by === 1 ? [x, y] : [x, Math.round(y * by)];
}

/** The point of the document that is shown at a point. */
export function unstretched([x, y]: Point, by: number): Point {
  return by === 1 ? [x, y] : [x, Math.round(y / by)];
}
