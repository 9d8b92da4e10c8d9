import { positions } from '../axis';

/** Three epochs of 10, 10 and 5 batches; the first ten batches took 20 seconds, the others a second each. */
const CLOCK = {
  ends: { x: [1, 2, 3], y: [10, 20, 25] },
  seconds: { x: [10, 25], y: [20, 35] }
};
const EMPTY = { x: [], y: [] };
const at = (...x: number[]) => ({ x, y: x });

describe('positions', () => {
  it('counts epochs of different lengths', () => {
    expect(positions(at(5, 10, 20, 22.5), 'batch', 'epoch', CLOCK)).toEqual([
      0.5, 1, 2, 2.5
    ]);
    expect(positions(at(1, 2), 'epoch', 'epoch', CLOCK)).toEqual([1, 2]);
  });

  it('counts batches', () => {
    expect(positions(at(1, 3), 'epoch', 'step', CLOCK)).toEqual([10, 25]);
    expect(positions(at(7), 'batch', 'step', CLOCK)).toEqual([7]);
  });

  it('tells the time between what the clock knows', () => {
    expect(positions(at(5, 10, 15), 'batch', 'time', CLOCK)).toEqual([
      10, 20, 25
    ]);
    expect(positions(at(1, 2), 'epoch', 'time', CLOCK)).toEqual([20, 30]);
  });

  it('goes on as it went behind the last that the clock knows', () => {
    const clock = { ends: at(1), seconds: { x: [2], y: [1] } };
    expect(positions(at(4), 'batch', 'time', clock)).toEqual([2]);
  });

  it('is nowhere where the clock knows nothing', () => {
    const clock = { ends: EMPTY, seconds: EMPTY };
    expect(positions(at(1), 'batch', 'epoch', clock)).toBeNull();
    expect(positions(at(1), 'batch', 'time', clock)).toBeNull();
    expect(positions(EMPTY, 'epoch', 'step', clock)).toEqual([]);
  });
});
