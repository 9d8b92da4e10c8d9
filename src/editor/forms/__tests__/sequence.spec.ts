import * as fc from 'fast-check';
import {
  formatSequence,
  parseSequence,
  SequenceError,
  type Sequence
} from '../sequence';

const numbers = fc
  .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  // JSON has no -0, and neither has a config.
  .map(value => (value === 0 ? 0 : value));

const { sequence } = fc.letrec<{ sequence: Sequence }>(tie => ({
  sequence: fc.oneof(
    { depthSize: 'small' },
    numbers,
    fc.constant(null),
    fc.array(tie('sequence'), { maxLength: 4 })
  )
}));

describe('sequences of numbers', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(sequence, value => {
        expect(parseSequence(formatSequence(value))).toEqual(value);
      })
    );
  });

  it.each<[string, Sequence]>([
    ['3', 3],
    ['3, 3', [3, 3]],
    ['(3, 3)', [3, 3]],
    [' [3,3] ', [3, 3]],
    ['3,', [3]],
    ['()', []],
    ['None, 28, 28, 1', [null, 28, 28, 1]],
    ['(?, 10)', [null, 10]],
    [
      '(1, 1), (2, 2)',
      [
        [1, 1],
        [2, 2]
      ]
    ],
    [
      '((1, 1), (2, 2))',
      [
        [1, 1],
        [2, 2]
      ]
    ],
    ['-0.5', -0.5],
    ['1e-3', 0.001]
  ])('reads %s', (text, value) => {
    expect(parseSequence(text)).toEqual(value);
  });

  it.each(['', 'a', '3 3', '(3', '3)', '3,,3', ',', '3; 3', 'NaN', '1.2.3'])(
    'refuses "%s"',
    text => {
      expect(() => parseSequence(text)).toThrow(SequenceError);
    }
  );

  it('refuses or reads any text, and ends', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        try {
          parseSequence(text);
        } catch (error) {
          expect(error).toBeInstanceOf(SequenceError);
        }
      })
    );
  });
});
