import fc from 'fast-check';
import type { JSONValue } from '@lumino/coreutils';
import { formatIndex, parseIndex } from '../..';

const slice = (
  start: number | null,
  stop: number | null,
  step: number | null = null
) => ({ class_name: '__slice__', config: { start, stop, step } });
const ellipsis = { class_name: '__ellipsis__', config: {} };

const bound = fc.option(fc.maxSafeInteger().map(value => value + 0));
const index: fc.Arbitrary<JSONValue> = fc.oneof(
  fc.maxSafeInteger().map(value => value + 0),
  fc.array(
    fc.oneof(
      bound,
      fc.constant(ellipsis),
      fc.tuple(bound, bound, bound).map(parts => slice(...parts))
    )
  )
);

describe('an index', () => {
  it.each<[string, JSONValue]>([
    ['0', 0],
    ['-1', -1],
    ['0,', [0]],
    [':, 0', [slice(null, null), 0]],
    ['[:, 0]', [slice(null, null), 0]],
    ['(0, 1)', [0, 1]],
    ['..., None', [ellipsis, null]],
    ['1:-1', [slice(1, -1)]],
    ['::2', [slice(null, null, 2)]],
    [' 1 : 4 : None ,', [slice(1, 4)]],
    ['()', []]
  ])('%s is read as Keras writes it', (text, value) => {
    expect(parseIndex(text)).toEqual(value);
  });

  it.each([
    '',
    'a',
    '1.5',
    ':,,0',
    ',',
    '[0, 1], 2',
    ':::',
    '[:, 0',
    'True',
    '1 2',
    '__import__("os")',
    '99999999999999999999',
    '0:99999999999999999999'
  ])('is not what %j says', text => {
    expect(parseIndex(text)).toBeUndefined();
  });

  it('is written as it can be read again', () => {
    fc.assert(
      fc.property(index, value => {
        expect(parseIndex(formatIndex(value)!)).toEqual(value);
      })
    );
  });

  it('means the same however it is typed', () => {
    const unit = fc.constantFrom(...'012-:,:, []', 'None', '...');
    const text = fc.string({ unit, maxLength: 12 });
    fc.assert(
      fc.property(text, typed => {
        const value = parseIndex(typed);
        fc.pre(value !== undefined);
        expect(parseIndex(formatIndex(value)!)).toEqual(value);
      })
    );
  });

  it.each<[JSONValue]>([
    ['a'],
    [1.5],
    [[true]],
    [[[0, 1]]],
    [{ class_name: '__slice__', config: {} }],
    [[{ class_name: '__slice__', config: { start: 'a', stop: 1, step: 1 } }]],
    [[{ class_name: '__float__', config: { value: 1 } }]]
  ])('is not the value %j', value => {
    expect(formatIndex(value)).toBeUndefined();
  });
});
