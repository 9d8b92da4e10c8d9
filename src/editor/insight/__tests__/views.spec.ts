import { palette } from '../colours';
import { tiled } from '../tiles';
import { linesOf } from '../viewvalues';
import { view } from './view';

describe('what came out of a layer', () => {
  it('has the numbers that the kernel sent', () => {
    expect(linesOf(view({}))).toEqual([[-1, 3]]);
  });

  it('is nearly white at 0, blue below and orange above, and grey where nothing is below 0', () => {
    const signed = palette(view({ kind: 'maps', low: -2, high: 2 }));
    const [red, , blue] = signed[0];
    expect(blue).toBeGreaterThan(red);
    expect(Math.min(...signed[128])).toBeGreaterThan(240);
    expect(signed[255][0]).toBeGreaterThan(signed[255][2]);
    expect(palette(view({ kind: 'maps', low: 0 }))[255]).toEqual([
      255, 255, 255
    ]);
  });

  it('fills its room with pictures as large as they can be', () => {
    const room = { width: 220, height: 62 };
    expect(tiled({ count: 1, width: 8, height: 8 }, room)).toEqual({
      columns: 1,
      side: 60
    });
    expect(tiled({ count: 12, width: 24, height: 24 }, room)).toEqual({
      columns: 6,
      side: 29
    });
    expect(tiled({ count: 3, width: 60, height: 20 }, room)).toEqual({
      columns: 2,
      side: 29
    });
  });
});
