import type { ITrainingJSON } from '../keras';

/** What training does where the document does not say. */
export const TRAINING_DEFAULTS = {
  epochs: 10,
  batch_size: 32,
  validation_split: 0.2,
  model_name: 'model'
} as const satisfies ITrainingJSON;
