/** Opens a model that lives in the kernel. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import {
  ICommandPalette,
  InputDialog,
  showErrorMessage
} from '@jupyterlab/apputils';
import { ITranslator, type TranslationBundle } from '@jupyterlab/translation';
import type { EditorModel, IModelEntry } from '../core';
import { CommandIDs } from './ids';
import { IKerasTracker } from './tokens';

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
    app.commands.addCommand(CommandIDs.openKernelModel, {
      label: trans.__('Open a Model of the Kernel…'),
      caption: trans.__('Draw a model of the kernel in place of this one'),
      isVisible: () =>
        tracker.currentWidget !== null &&
        tracker.currentWidget === app.shell.currentWidget,
      isEnabled: () => tracker.currentWidget?.editor?.document.error === null,
      describedBy: { args: { type: 'object', properties: {} } },
      execute: async () => {
        const editor = tracker.currentWidget?.editor;
        if (editor) {
          try {
            await openKernelModel(editor, trans);
          } catch (reason) {
            await showErrorMessage(
              trans.__('The model was not opened'),
              reason instanceof Error ? reason.message : String(reason)
            );
          }
        }
      }
    });
    palette?.addItem({
      command: CommandIDs.openKernelModel,
      category: trans.__('Keras Model')
    });
  }
};

/** Lets the user choose, and draws that model: one step that can be undone. */
async function openKernelModel(
  editor: EditorModel,
  trans: TranslationBundle
): Promise<void> {
  await editor.kernelStatus.start?.();
  const { kernel } = editor;
  if (!kernel) {
    throw new Error(trans.__('No kernel is running. Start one first.'));
  }
  const { models } = await kernel.request('models', {});
  if (models.length === 0) {
    throw new Error(
      trans.__(
        'Expected a Keras model among the variables of the kernel. Run the cell that makes it.'
      )
    );
  }
  const labels = models.map(model => label(model, trans));
  const { button, value } = await InputDialog.getItem({
    title: trans.__('Open a Model of the Kernel'),
    label: trans.__('It is drawn in place of this model; Undo brings it back.'),
    items: labels,
    okLabel: trans.__('Open')
  });
  const chosen = value === null ? undefined : models[labels.indexOf(value)];
  if (button.accept && chosen) {
    const { name } = chosen;
    const { document } = await kernel.request('open_model', { name });
    editor.document.replace(document);
  }
}

function label(model: IModelEntry, trans: TranslationBundle): string {
  const { name, class_name, params } = model;
  return params === null
    ? trans.__('%1: %2, not built', name, class_name)
    : trans.__('%1: %2, %3 parameters', name, class_name, params);
}
