/** "Save As…" of a Keras document. */
import { InputDialog, showErrorMessage } from '@jupyterlab/apputils';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { mayWrite } from './replacing';

/**
 * Makes "Save As…" refuse names that JSON does not have.
 *
 * JupyterLab's own would delete a model with its weights, where the user types its name, and write the document there.
 */
export function guardSaveAs(
  context: DocumentRegistry.Context,
  contents: Contents.IManager,
  trans: TranslationBundle
): void {
  context.saveAs = async () => {
    await context.ready;
    const name = await askName(context.localPath, trans);
    if (name === null || context.isDisposed) {
      return false;
    }
    const drive = contents.driveName(context.path);
    const path = drive ? `${drive}:${name}` : name;
    if (path === context.path) {
      await context.save();
      return true;
    }
    if (!(await mayWrite(path, contents, trans))) {
      return false;
    }
    await contents.save(path, {
      type: 'file',
      format: 'text',
      content: context.model.toString()
    });
    return true;
  };
}

async function askName(
  path: string,
  trans: TranslationBundle
): Promise<string | null> {
  const text = path.replace(/(\.keras)?\.\w+$/, '') + '.keras.json';
  const { button, value } = await InputDialog.getText({
    title: trans.__('Save Document As'),
    label: trans.__(
      'Path of the document (JSON without weights, extension .keras.json)'
    ),
    text,
    selectionRange: text.length - '.keras.json'.length,
    okLabel: trans.__('Save')
  });
  const name = value?.trim();
  if (!button.accept || !name) {
    return null;
  }
  if (!name.endsWith('.json')) {
    await showErrorMessage(
      trans.__('Could not save the document'),
      trans.__(
        'A document is JSON, so its file extension must be .json, as in %1. Received: %2. Use "Save Trained Model…" for other formats.',
        text,
        name
      )
    );
    return null;
  }
  return name;
}
