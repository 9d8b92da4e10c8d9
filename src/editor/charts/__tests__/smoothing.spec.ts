import { smoothed } from '../smoothing';

describe('smoothed', () => {
  const series = (...y: (number | null)[]) => ({ x: y.map((_, i) => i), y });

  it('leaves a curve as it is without a weight', () => {
    const curve = series(3, 1, 2);
    expect(smoothed(curve, 0)).toBe(curve);
  });

  it('weighs what came before, and begins with the first value', () => {
    const { y } = smoothed(series(4, 0, 0), 0.5);
    expect(y[0]).toBe(4);
    expect(y[1]).toBeCloseTo(4 / 3);
    expect(y[2]).toBeCloseTo(4 / 7);
  });

  it('keeps a constant, and gaps', () => {
    expect(smoothed(series(2, null, 2), 0.9).y).toEqual([2, null, 2]);
  });

  it('computes a curve once for each weight', () => {
    const curve = series(3, 1);
    expect(smoothed(curve, 0.9)).toBe(smoothed(curve, 0.9));
    expect(smoothed(curve, 0.5)).not.toBe(smoothed(curve, 0.9));
  });
});
