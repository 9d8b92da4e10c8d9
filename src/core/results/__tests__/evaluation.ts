/** Results of two classes, as the kernel tells them. */
import type { IConfusion, IEvaluation } from '../..';

const names = ['cat', 'dog'];

export const EVALUATION: IEvaluation = {
  part: 'validation',
  count: 10,
  parts: { training: 20, validation: 10 },
  data: null,
  columns: [],
  notes: [],
  outputs: [
    { name: 'classes', kind: 'classes', names, positions: 1, has_truth: true }
  ],
  metrics: [{ name: 'loss', value: 0.5 }],
  run: 'first',
  epoch: 2
};

export const CONFUSION: IConfusion = {
  kind: 'confusion',
  classes: names,
  numbers: [0, 1],
  counts: [
    [3, 1],
    [0, 6]
  ],
  left_out: 0
};
