import { CARD } from '../../layout';
import { calloutSide } from '../callout';

describe('the side of an error', () => {
  it('is to the right where there is room', () => {
    expect(
      calloutSide(
        [0, 0],
        [
          [0, 0],
          [0, 200]
        ]
      )
    ).toBe('right');
  });

  it('is to the left of a card that has a neighbour to the right', () => {
    expect(
      calloutSide(
        [0, 0],
        [
          [0, 0],
          [CARD.width + 40, 20]
        ]
      )
    ).toBe('left');
  });

  it('is below between two neighbours', () => {
    const near = CARD.width + 40;
    expect(
      calloutSide(
        [0, 0],
        [
          [-near, 0],
          [0, 0],
          [near, 0]
        ]
      )
    ).toBe('below');
  });
});
