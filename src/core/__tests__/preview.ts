import type { IPreview } from '..';

/** What is seen of a table of which nothing is known. */
export const PREVIEW: IPreview = {
  kind: 'table',
  name: 'houses.csv',
  rows: 5000,
  sampled: null,
  columns: [],
  classes: [],
  inputs: [],
  samples: [],
  found: {},
  notes: [],
  questions: [],
  proposed: {
    columns: null,
    preparation: null,
    split: null,
    loss: null,
    metrics: null,
    data: null,
    class_weight: null,
    reasons: []
  }
};
