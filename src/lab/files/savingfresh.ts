/** Asks before a model is saved that has lost trained weights by an edit. */
import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { say } from '../../core/translation';
import type { EditorModel } from '../../core';

/**
 * Whether to save the model as it is: no trained weights are lost, or the user says so.
 *
 * He may also undo changes until they are back, or train first; then nothing is saved.
 */
export async function mayHaveFreshWeights(
  editor: EditorModel,
  trans: TranslationBundle
): Promise<boolean> {
  const { document, weights, run } = editor;
  const origins = await weights.latest();
  if (!origins || origins.sentence === null) {
    return true;
  }
  const cancel = Dialog.cancelButton();
  const undo = Dialog.createButton({ label: trans.__('Undo Last Change') });
  const train = Dialog.createButton({ label: trans.__('Train First') });
  const save = Dialog.warnButton({ label: trans.__('Save Anyway') });
  const canUndo = document.canUndo();
  const { button } = await showDialog({
    title: trans.__('Save Fresh Weights?'),
    body: say(origins.sentence),
    buttons: [cancel, ...(canUndo ? [undo] : []), train, save],
    defaultButton: 0
  });
  if (button.label === undo.label) {
    document.undo();
    return mayHaveFreshWeights(editor, trans);
  }
  if (button.label === train.label) {
    void run.train('trained');
  }
  return button.label === save.label;
}
