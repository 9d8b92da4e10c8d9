/** Where the plan of the training stands in a document. */
export const TRAINING: readonly string[] = ['kerasviz', 'training'];
