/** Ways for edges around the cards that stand between their ends, such as those of a residual block. */
import type { Point } from '../../core';
import { CARD } from '../layout';

/** An edge: where it leaves a card, and where it enters another. */
export interface ILine {
  from: Point;
  to: Point;
}

/** Pixels between an edge and the cards that it goes around. */
const CLEARANCE = 14;

/** Pixels between two edges that go around the same cards. */
const PITCH = 10;

/**
 * Where each edge goes around the cards in its way.
 *
 * @param lines - The edges.
 * @param cards - The upper left corners of all cards.
 * @returns For each edge the x of its way down, or null where the straight way is free.
 */
export function detours(
  lines: readonly ILine[],
  cards: readonly Point[]
): (number | null)[] {
  const taken: { lane: number; line: ILine }[] = [];
  return lines.map(line => {
    const between = cardsBetween(line, cards);
    if (!between.some(card => crosses(line, card))) {
      return null;
    }
    const { from, to } = line;
    const isFree = (lane: number) =>
      !taken.some(
        other =>
          Math.abs(other.lane - lane) < PITCH &&
          other.line.from[1] < to[1] &&
          from[1] < other.line.to[1]
      );
    const [lane] = [from[0], to[0]]
      .flatMap(start => [
        freeLane(start, 1, between, isFree),
        freeLane(start, -1, between, isFree)
      ])
      .sort((a, b) => detourLength(line, a) - detourLength(line, b));
    taken.push({ lane, line });
    return lane;
  });
}

/** Cards lower than where the line begins and higher than where it ends. */
function cardsBetween(
  { from, to }: ILine,
  cards: readonly Point[]
): readonly Point[] {
  return to[1] - from[1] <= CARD.height
    ? []
    : cards.filter(([, y]) => y + CARD.height > from[1] + 1 && y < to[1] - 1);
}

/** Whether the straight line runs behind the card. */
function crosses({ from, to }: ILine, [x, y]: Point): boolean {
  const slope = (to[0] - from[0]) / (to[1] - from[1]);
  const at = (height: number) =>
    from[0] + slope * (Math.min(Math.max(height, from[1]), to[1]) - from[1]);
  const ends = [at(y), at(y + CARD.height)];
  return Math.max(...ends) > x && Math.min(...ends) < x + CARD.width;
}

/** The first x from `start` in one direction where neither a card nor another edge is. */
function freeLane(
  start: number,
  direction: 1 | -1,
  cards: readonly Point[],
  isFree: (lane: number) => boolean
): number {
  let lane = start;
  for (;;) {
    const hit = cards.find(
      ([x]) => lane > x - CLEARANCE && lane < x + CARD.width + CLEARANCE
    );
    if (hit) {
      lane =
        direction > 0 ? hit[0] + CARD.width + CLEARANCE : hit[0] - CLEARANCE;
    } else if (isFree(lane)) {
      return lane;
    } else {
      lane += direction * PITCH;
    }
  }
}

function detourLength({ from, to }: ILine, lane: number): number {
  return Math.abs(lane - from[0]) + Math.abs(lane - to[0]);
}
