import type { IView } from '../../../core';

/** A view of two numbers, with what a test says of it. */
export const view = (given: Partial<IView> = {}): IView => ({
  of: 'output',
  shape: [2],
  dtype: 'float32',
  kind: 'bars',
  values: btoa(String.fromCharCode(0, 255)),
  count: 1,
  total: 1,
  height: 1,
  width: 2,
  colours: 1,
  low: -1,
  high: 3,
  facts: {
    minimum: -1,
    maximum: 3,
    mean: 1,
    deviation: 2,
    zero: 0,
    odd: 0
  },
  tokens: [],
  ...given
});
