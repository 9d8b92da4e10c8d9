/** Saves the model: asks for the format and the name, and tells what was written. */
import { Dialog, showDialog } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { say } from '../../core/translation';
import type { EditorModel } from '../../core';
import { mayWrite } from '../document/replacing';
import { mayHaveFreshWeights } from './savingfresh';
import { formatOf, SaveBody } from './savebody';
import { savedWithNotice, tellSaved } from './savingnotices';

/**
 * Saves what is drawn, trained where it was trained, beside the document.
 *
 * A file that is there already is replaced only after a question, the document itself never.
 */
export async function saveModel(
  editor: EditorModel,
  contents: Contents.IManager,
  trans: TranslationBundle
): Promise<void> {
  const kernel = await editor.kernel.started();
  const { formats } = await kernel.request('formats', {});
  const stem = PathExt.basename(editor.path).split('.')[0];
  const { button, value: name } = await showDialog({
    title: trans.__('Save Trained Model'),
    body: new SaveBody(formats, `${stem}${formats[0].ends[0]}`, trans),
    buttons: [
      Dialog.cancelButton(),
      Dialog.okButton({ label: trans.__('Save') })
    ]
  });
  if (!button.accept || !name) {
    return;
  }
  const path = PathExt.join(PathExt.dirname(editor.path), name);
  if (path === editor.path) {
    throw new Error(
      trans.__(
        '%1 is the document itself, which "Save" in the File menu writes. Choose another name.',
        name
      )
    );
  }
  const hasWeights = !!formatOf(name, formats)?.format.weights;
  if (
    (hasWeights && !(await mayHaveFreshWeights(editor, trans))) ||
    !(await mayWrite(path, contents, trans))
  ) {
    return;
  }
  const saved = await savedWithNotice(
    name,
    editor.exports,
    trans,
    editor.ask('save', { path: name })
  );
  editor.weights.refresh();
  if (saved) {
    const fresh = hasWeights ? (await editor.weights.latest())?.sentence : null;
    tellSaved(saved, trans, fresh ? [say(fresh)] : []);
  }
}
