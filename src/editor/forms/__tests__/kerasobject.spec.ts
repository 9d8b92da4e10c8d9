import type { IClassEntry } from '../../../core';
import { entryOf, nameOf, newValue } from '../kerasobject';

const OWN: IClassEntry = {
  class_name: 'own_errors',
  module: 'builtins',
  registered_name: 'mine>own_errors',
  summary: '',
  doc: '',
  schema: { type: 'object', properties: {} },
  is_function: true
};

describe("a function of the user's as a loss", () => {
  it('is written as Keras writes it, and found again', () => {
    const written = newValue(OWN, {});
    expect(written).toEqual({
      module: 'builtins',
      class_name: 'function',
      config: 'mine>own_errors',
      registered_name: 'function'
    });
    expect(entryOf([OWN], written)).toBe(OWN);
    expect(nameOf(written)).toBe('mine>own_errors');
    const other = { class_name: 'function', config: 'mine>other' };
    expect(entryOf([OWN], other)).toBeUndefined();
  });
});
