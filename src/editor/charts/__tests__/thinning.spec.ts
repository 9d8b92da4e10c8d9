import { thinned } from '../thinning';

describe('thinned', () => {
  it('leaves a short series as it is', () => {
    const series = { x: [1, 2], y: [3, 4] };
    expect(thinned(series, 4)).toBe(series);
  });

  it('keeps both ends and every spike, in order', () => {
    const x = Array.from({ length: 100_000 }, (_, i) => i);
    const y: (number | null)[] = x.map(i => Math.sin(i / 1000));
    y[0] = 0.5;
    y[31_337] = 99;
    y[70_001] = -99;
    y[99_999] = 0.25;
    const few = thinned({ x, y }, 200);
    expect(few.x.length).toBeLessThanOrEqual(200);
    expect([few.y[0], few.y.at(-1)]).toEqual([0.5, 0.25]);
    expect(few.x).toContain(31_337);
    expect(few.x).toContain(70_001);
    expect(few.x).toEqual([...few.x].sort((a, b) => a - b));
  });

  it('keeps a gap that is wide', () => {
    const x = Array.from({ length: 1000 }, (_, i) => i);
    const y = x.map(i => (i > 300 && i < 700 ? null : i));
    expect(thinned({ x, y }, 40).y).toContain(null);
  });

  it('thins a series once', () => {
    const x = Array.from({ length: 100 }, (_, i) => i);
    const series = { x, y: x };
    expect(thinned(series, 10)).toBe(thinned(series, 10));
  });
});
