/** Opens a model that lives in the kernel. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette, InputDialog } from '@jupyterlab/apputils';
import { ITranslator, type TranslationBundle } from '@jupyterlab/translation';
import type { EditorModel, IModelEntry } from '../../core';
import { formatCount } from '../../editor/format';
import { DocumentCommands } from './documentcommands';
import { CommandIDs } from '../ids';
import { IKerasTracker } from '../document/tokens';

/** Adds the command that draws a model of the kernel. */
export const openModelPlugin: JupyterFrontEndPlugin<void> = {
  id: 'kerasviz:open-model',
  description: 'Opens models of the kernel on the canvas.',
  autoStart: true,
  requires: [IKerasTracker, ITranslator],
  optional: [ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    tracker: IKerasTracker,
    translator: ITranslator,
    palette: ICommandPalette | null
  ) => {
    const trans = translator.load('kerasviz');
    const documents = new DocumentCommands({ app, tracker, trans, palette });
    documents.add(CommandIDs.openKernelModel, {
      label: trans.__('Open Model from Kernel…'),
      caption: trans.__('Replace this model with one from the kernel'),
      failure: trans.__('Could not open the model'),
      isEnabled: args => documents.editable(args) !== null,
      execute: async args => {
        const editor = documents.editable(args);
        if (editor) {
          await openKernelModel(editor, trans);
        }
      }
    });
  }
};

/** Lets the user choose, and draws that model: one step that can be undone. */
async function openKernelModel(
  editor: EditorModel,
  trans: TranslationBundle
): Promise<void> {
  const kernel = await editor.kernel.started();
  const { models } = await kernel.request('models', {});
  if (models.length === 0) {
    throw new Error(
      trans.__(
        'The kernel has no Keras model among its variables. Run the cell that creates one.'
      )
    );
  }
  const labels = models.map(model => label(model, trans));
  const { button, value } = await InputDialog.getItem({
    title: trans.__('Open Model from Kernel'),
    label: trans.__('It replaces the current model. Undo restores it.'),
    items: labels,
    okLabel: trans.__('Open')
  });
  const chosen = value === null ? undefined : models[labels.indexOf(value)];
  if (button.accept && chosen) {
    await editor.openModel(chosen.name);
  }
}

function label(model: IModelEntry, trans: TranslationBundle): string {
  const { name, class_name, params } = model;
  return params === null
    ? trans.__('%1: %2, not built', name, class_name)
    : trans.__('%1: %2, %3 parameters', name, class_name, formatCount(params));
}
