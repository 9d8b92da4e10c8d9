/** Takes the code of a model into a notebook, or a file. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { IDocumentWidget } from '@jupyterlab/docregistry';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ITranslator } from '@jupyterlab/translation';
import { CommandIDs } from '../ids';
import { IKerasTracker } from '../document/tokens';

/** Adds the commands that take the code of the current model elsewhere. */
export const codePlugin: JupyterFrontEndPlugin<void> = {
  id: 'kerasviz:code',
  description:
    'Inserts the Keras code of a model as a cell of a notebook, or opens it as a script.',
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

    const args = {
      type: 'object',
      properties: {
        code: {
          type: 'string',
          description: trans.__('The code; by default what the Code tab shows')
        }
      }
    };

    const currentCode = async (): Promise<string | undefined> => {
      const editor = tracker.currentWidget?.editor;
      const recipe = editor?.recipe.value;
      return recipe && (await editor.ask('code', { recipe })).code;
    };

    commands.addCommand(CommandIDs.insertCode, {
      label: trans.__('Insert Code into Notebook'),
      caption: trans.__(
        'Insert the Keras code of this model into the last used notebook, or a new one'
      ),
      isEnabled: () => !!tracker.currentWidget?.editor?.kernel,
      describedBy: { args },
      execute: async args => {
        const code =
          typeof args.code === 'string' ? args.code : await currentCode();
        if (code !== undefined) {
          const panel = notebooks.currentWidget ?? (await createNotebook());
          insert(panel, code);
          app.shell.activateById(panel.id);
        }
      }
    });

    commands.addCommand(CommandIDs.openCode, {
      label: trans.__('Open Code as Script'),
      caption: trans.__(
        'Open the Keras code of this model as a new Python file beside it'
      ),
      isEnabled: () =>
        !!tracker.currentWidget?.editor?.kernel &&
        commands.hasCommand('fileeditor:create-new'),
      describedBy: { args },
      execute: async ({ code: given }) => {
        const code = typeof given === 'string' ? given : await currentCode();
        if (code !== undefined) {
          const { localPath = '' } = tracker.currentWidget?.context ?? {};
          const script: IDocumentWidget = await commands.execute(
            'fileeditor:create-new',
            { cwd: PathExt.dirname(localPath), fileExt: 'py' }
          );
          await script.context.ready;
          script.context.model.fromString(code);
        }
      }
    });
    for (const command of [CommandIDs.insertCode, CommandIDs.openCode]) {
      palette?.addItem({ command, category: trans.__('Keras Model') });
    }
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
