import { CARD, GAP } from '../card';
import { OUTPUT_ROOM, stretched, stretchOf, unstretched } from '../stretch';

describe('rows while somebody looks inside', () => {
  it('stand as far apart as what is shown below a card needs', () => {
    const by = stretchOf(true);
    const next = stretched([0, CARD.height + GAP.y], by);
    expect(next[1]).toBe(CARD.height + GAP.y + OUTPUT_ROOM.height);
    expect(stretched([3, 4], stretchOf(false))).toEqual([3, 4]);
  });

  it('come back to their places', () => {
    const by = stretchOf(true);
    for (let y = -500; y < 500; y += 7) {
      expect(unstretched(stretched([1, y], by), by)).toEqual([1, y]);
    }
  });
});
