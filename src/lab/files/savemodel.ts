/** Saves the model: asks for the format and the name, and tells what was written. */
import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { say } from '../../core/translation';
import type { EditorModel, ISaved } from '../../core';
import { formatBytes } from '../../editor/format';
import { mayWrite } from '../document/replacing';
import { mayHaveFreshWeights } from './savingfresh';
import { formatOf, SaveBody } from './savebody';
import { savedWithNotice } from './savingnotice';

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
  const saved = await savedWithNotice(name, kernel, trans, () =>
    editor.ask('save', { path: name })
  );
  editor.weights.refresh();
  if (!saved) {
    return;
  }
  const fresh = hasWeights ? (await editor.weights.latest())?.sentence : null;
  const said = [...told(saved, trans), ...(fresh ? [say(fresh)] : [])];
  Notification.success(said.join(' '), { autoClose: 15_000 });
}

/** What was saved; of a file for another program how it was checked, as JupyterLab cuts long messages. */
function told(saved: ISaved, trans: TranslationBundle): string[] {
  const size = formatBytes(saved.bytes);
  if (saved.notes.length) {
    const { path, notes } = saved;
    return [trans.__('Saved %1 (%2).', path, size), ...notes.map(say)];
  }
  return [trans.__('Saved %1 (%2): %3.', saved.path, size, say(saved.keeps))];
}
