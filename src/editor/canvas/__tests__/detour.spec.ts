import * as fc from 'fast-check';
import type { Point } from '../../../core';
import { CARD, GAP } from '../../layout';
import { detours, type ILine } from '../detour';

const STEP = CARD.height + GAP.y;

/** The edge between two cards of one column. */
function line(from: Point, to: Point): ILine {
  return {
    from: [from[0] + CARD.width / 2, from[1] + CARD.height],
    to: [to[0] + CARD.width / 2, to[1]]
  };
}

describe('the way of an edge', () => {
  const column: Point[] = [0, 1, 2, 3].map(i => [0, i * STEP]);

  it('is straight to the next card', () => {
    expect(detours([line(column[0], column[1])], column)).toEqual([null]);
  });

  it('goes around the cards between', () => {
    const [lane] = detours([line(column[0], column[3])], column);
    expect(lane).not.toBeNull();
    expect(lane! < 0 || lane! > CARD.width).toBe(true);
  });

  it('is its own where two go around the same cards', () => {
    const skip = line(column[0], column[3]);
    const [first, second] = detours([skip, skip], column);
    expect(first).not.toBe(second);
  });

  it('is straight where the cards stand aside', () => {
    const aside: Point[] = [
      [0, 0],
      [CARD.width, STEP],
      [0, 2 * STEP]
    ];
    expect(detours([line(aside[0], aside[2])], aside)).toEqual([null]);
  });

  it('runs behind no card, wherever the cards stand', () => {
    const point = fc.tuple(
      fc.integer({ min: -8, max: 8 }).map(x => x * 90),
      fc.integer({ min: 1, max: 6 }).map(y => y * STEP)
    );
    fc.assert(
      fc.property(fc.array(point, { maxLength: 30 }), cards => {
        const [lane] = detours(
          [line([0, 0], [0, 7 * STEP])],
          [[0, 0], ...cards, [0, 7 * STEP]]
        );
        const x = lane ?? CARD.width / 2;
        expect(
          cards.filter(card => x > card[0] && x < card[0] + CARD.width)
        ).toEqual([]);
      })
    );
  });
});
