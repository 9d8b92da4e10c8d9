import { nextOrder } from '../rowsorting';

describe('nextOrder', () => {
  it('begins with the largest where that is wanted, turns, and ends with the rows as they came', () => {
    const first = nextOrder(null, 'macs', true);
    expect(first).toEqual({ column: 'macs', descending: true });
    const second = nextOrder(first, 'macs', true);
    expect(second).toEqual({ column: 'macs', descending: false });
    expect(nextOrder(second, 'macs', true)).toBeNull();
  });

  it('begins with the smallest elsewhere, and starts over with another column', () => {
    const first = nextOrder(
      { column: 'macs', descending: true },
      'name',
      false
    );
    expect(first).toEqual({ column: 'name', descending: false });
    const second = nextOrder(first, 'name', false);
    expect(second).toEqual({ column: 'name', descending: true });
    expect(nextOrder(second, 'name', false)).toBeNull();
  });
});
