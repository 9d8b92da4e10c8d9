import type { EditorModel } from '../../core';
import { download } from '../download';

/** Gives the user all predictions as a CSV file; rejects with a `KernelError`. */
export async function savePredictions(model: EditorModel): Promise<void> {
  const text = await model.results.csv();
  download(new Blob([text], { type: 'text/csv' }), 'predictions.csv');
}
