/** Where a node's error is shown: beside its card, where no other card is. */
import type { Point } from '../../core';
import { CARD } from '../layout';

export type CalloutSide = 'right' | 'left' | 'below';

/** Room that a callout takes, as canvas.css has it; it may be lower. */
const ROOM = { width: 290, height: 130 } as const;

/**
 * The side of a card where its callout hides no other card; below it where both sides are taken.
 *
 * @param point - Where the card stands.
 * @param others - Where the cards stand.
 */
export function calloutSide(
  [x, y]: Point,
  others: Iterable<Point>
): CalloutSide {
  let right = true;
  let left = true;
  for (const [otherX, otherY] of others) {
    if (otherY < y + ROOM.height && y < otherY + CARD.height) {
      const aside = otherX - x;
      right &&= aside <= 0 || aside >= CARD.width + ROOM.width;
      left &&= aside >= 0 || aside <= -CARD.width - ROOM.width;
    }
  }
  return right ? 'right' : left ? 'left' : 'below';
}
