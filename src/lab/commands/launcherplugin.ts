/** New models: from the launcher, the File menu and the command palette. */
import {
  ILabShell,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette, showErrorMessage } from '@jupyterlab/apputils';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ILauncher } from '@jupyterlab/launcher';
import { ITranslator } from '@jupyterlab/translation';
import { CommandIDs, DOCUMENT_FACTORY, PALETTE_ID } from '../ids';
import { kerasvizIcon } from '../icons';
import { newDocument } from '../newdocument';

/** Adds the command that creates a model, and its launcher card. */
export const launcherPlugin: JupyterFrontEndPlugin<void> = {
  id: 'kerasviz:launcher',
  description: 'Creates new Keras models.',
  autoStart: true,
  requires: [ITranslator],
  optional: [IDefaultFileBrowser, ILauncher, ICommandPalette, ILabShell],
  activate: (
    app: JupyterFrontEnd,
    translator: ITranslator,
    browser: IDefaultFileBrowser | null,
    launcher: ILauncher | null,
    palette: ICommandPalette | null,
    labShell: ILabShell | null
  ) => {
    const trans = translator.load('kerasviz');
    const { commands, serviceManager } = app;

    commands.addCommand(CommandIDs.createNew, {
      label: args =>
        args.isPalette ? trans.__('New Keras Model') : trans.__('Keras Model'),
      caption: trans.__('Draw a new Keras model'),
      icon: args => (args.isPalette ? undefined : kerasvizIcon),
      describedBy: {
        args: {
          type: 'object',
          properties: {
            cwd: {
              type: 'string',
              description: trans.__('Folder in which the file is created')
            },
            isPalette: {
              type: 'boolean',
              description: trans.__('Whether the label is for the palette')
            }
          }
        }
      },
      execute: async args => {
        const folder =
          typeof args.cwd === 'string' ? args.cwd : browser?.model.path;
        try {
          const { KerasDocument } = await import('../../core');
          const path = await newDocument(
            serviceManager.contents,
            folder ?? '',
            KerasDocument.emptySource('model')
          );
          labShell?.activateById(PALETTE_ID);
          return await commands.execute('docmanager:open', {
            path,
            factory: DOCUMENT_FACTORY
          });
        } catch (reason) {
          await showErrorMessage(
            trans.__('Could not create the model'),
            reason as Error
          );
        }
      }
    });

    launcher?.add({
      command: CommandIDs.createNew,
      rank: 0
    });
    palette?.addItem({
      command: CommandIDs.createNew,
      category: trans.__('Keras Model'),
      args: { isPalette: true }
    });
  }
};
