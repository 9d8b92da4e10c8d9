/** Saves the trained model: asks where, and tells how it went. */
import {
  InputDialog,
  Notification,
  showErrorMessage
} from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { EditorModel } from '../core';

/** The endings that Keras saves whole models under. */
const ENDINGS = ['.keras', '.h5', '.hdf5'];

/** Asks for a name and saves the model, with its weights, beside the document. */
export async function saveTrainedModel(
  editor: EditorModel,
  trans: TranslationBundle
): Promise<void> {
  const name = `${PathExt.basename(editor.path).split('.')[0]}.keras`;
  const { button, value } = await InputDialog.getText({
    title: trans.__('Save Keras Model with Weights'),
    label: trans.__(
      'File name, ending in .keras (Keras’ own format) or .h5 (HDF5)'
    ),
    text: name,
    selectionRange: name.lastIndexOf('.'),
    okLabel: trans.__('Save')
  });
  if (!button.accept || !value) {
    return;
  }
  const title = trans.__('The model was not saved');
  if (!ENDINGS.some(ending => value.endsWith(ending))) {
    await showErrorMessage(
      title,
      trans.__(
        'Expected a file name that ends in .keras or .h5. Received: %1',
        value
      )
    );
    return;
  }
  try {
    const saved = await editor.ask('save', { path: value });
    Notification.success(
      trans.__('Saved %1 (%2 kB).', saved.path, Math.ceil(saved.bytes / 1000)),
      { autoClose: 5000 }
    );
  } catch (reason) {
    await showErrorMessage(
      title,
      reason instanceof Error ? reason.message : String(reason)
    );
  }
}
