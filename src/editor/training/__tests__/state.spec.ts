import { formatDuration } from '../state';

const trans = {
  __: (text: string, ...args: (string | number)[]) =>
    text.replace(/%(\d)/g, (_, i) => String(args[Number(i) - 1])),
  _n: (text: string) => text
};

describe('formatDuration', () => {
  it.each([
    [0.4, '0 s'],
    [12, '12 s'],
    [59.6, '1 min 0 s'],
    [125, '2 min 5 s'],
    [3600, '1 h 0 min'],
    [7830, '2 h 11 min'],
    [-1, '0 s']
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds, trans)).toBe(text);
  });
});
