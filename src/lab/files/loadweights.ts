/** Loads weights into what is drawn, from a file beside the document. */
import { InputDialog, Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { say } from '../../core/translation';
import type { EditorModel } from '../../core';

/** What may hold weights; a TensorFlow checkpoint is named by its index. */
const EXTENSIONS = ['.keras', '.h5', '.hdf5', '.index'];

/** Lets the user choose a file; the document remembers it, so that another kernel starts from it too. */
export async function loadWeights(
  editor: EditorModel,
  contents: Contents.IManager,
  trans: TranslationBundle
): Promise<void> {
  const folder = await contents.get(PathExt.dirname(editor.path));
  const names = (folder.content as Contents.IModel[])
    .filter(
      ({ name, type }) => type === 'file' && EXTENSIONS.some(hasEnd(name))
    )
    .map(({ name }) => name)
    .sort();
  if (names.length === 0) {
    throw new Error(
      trans.__(
        'There is no file with weights in this folder: .keras, .h5, .weights.h5, or the .index of a TensorFlow checkpoint. Put one there.'
      )
    );
  }
  const { button, value: file } = await InputDialog.getItem({
    title: trans.__('Load Weights'),
    label: trans.__(
      'These weights replace the current ones. Files in this folder:'
    ),
    items: names,
    okLabel: trans.__('Load')
  });
  if (button.accept && file !== null) {
    const { note } = await editor.ask('load_weights', { file });
    editor.document.setWeights(file);
    editor.weights.refresh();
    Notification.success(say(note), { autoClose: 15_000 });
  }
}

function hasEnd(name: string): (end: string) => boolean {
  return end => name.endsWith(end);
}
