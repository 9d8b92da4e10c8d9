import { english } from '../../../core';
import { formatDuration } from '../state';

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
    expect(formatDuration(seconds, english)).toBe(text);
  });
});
