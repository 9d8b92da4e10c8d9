/** Takes the code of a model into a notebook. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ITranslator } from '@jupyterlab/translation';
import { CommandIDs } from '../ids';
import { IKerasTracker } from '../document/tokens';

/** Adds the command that inserts the code of the current model. */
export const codePlugin: JupyterFrontEndPlugin<void> = {
  id: 'kerasviz:code',
  description: 'Inserts the Keras code of a model as a cell of a notebook.',
  autoStart: true,
  requires: [IKerasTracker, INotebookTracker, ITranslator],
  optional: [ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    tracker: IKerasTracker,
    notebooks: INotebookTracker,
    translator: ITranslator,
    palette: ICommandPalette | null
  ) => {
    const { commands } = app;
    const trans = translator.load('kerasviz');

    /** A notebook beside the document, with a kernel of its own: closing it must not end the document's. */
    const createNotebook = async (): Promise<NotebookPanel> => {
      const context = tracker.currentWidget?.context;
      const panel: NotebookPanel = await commands.execute(
        'notebook:create-new',
        {
          cwd: PathExt.dirname(context?.localPath ?? ''),
          kernelName: context?.sessionContext.session?.kernel?.name
        }
      );
      await panel.context.ready;
      await panel.revealed;
      return panel;
    };

    commands.addCommand(CommandIDs.insertCode, {
      label: trans.__('Insert Code into Notebook'),
      caption: trans.__(
        'Insert the Keras code of this model into the last used notebook, or a new one'
      ),
      isEnabled: () => !!tracker.currentWidget?.editor?.kernel,
      describedBy: {
        args: {
          type: 'object',
          properties: {
            code: {
              type: 'string',
              description: trans.__(
                'The code to insert; by default that of the model'
              )
            }
          }
        }
      },
      execute: async args => {
        const code =
          typeof args.code === 'string'
            ? args.code
            : (await tracker.currentWidget?.editor?.ask('code', {}))?.code;
        if (code !== undefined) {
          const panel = notebooks.currentWidget ?? (await createNotebook());
          insert(panel, code);
          app.shell.activateById(panel.id);
        }
      }
    });
    palette?.addItem({
      command: CommandIDs.insertCode,
      category: trans.__('Keras Model')
    });
  }
};

/** Fills the active cell where it is empty; else makes a cell below it. */
function insert({ content, model }: NotebookPanel, code: string): void {
  const source = code.trimEnd();
  const active = content.activeCell?.model;
  if (active?.type === 'code' && active.sharedModel.getSource() === '') {
    active.sharedModel.setSource(source);
  } else {
    const index = content.activeCellIndex + 1;
    model?.sharedModel.insertCell(index, { cell_type: 'code', source });
    content.activeCellIndex = index;
  }
}
