/** Commands for the runs that are kept beside a document. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette, InputDialog } from '@jupyterlab/apputils';
import { ITranslator } from '@jupyterlab/translation';
import type {
  ReadonlyJSONObject,
  ReadonlyPartialJSONObject
} from '@lumino/coreutils';
import type { EditorModel, IRunSummary } from '../../core';
import type { ExportFormat } from '../../editor';
import { IKerasTracker } from '../document/tokens';
import { CommandIDs } from '../ids';
import { RunChoice } from './choosingruns';
import { DocumentCommands } from './documentcommands';

/** Adds the commands; each acts on a run that it is given, on the one pointed at, or on one that the user chooses. */
export const runsCommandsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'kerasviz:runs-commands',
  description: 'Commands to compare, export and change the runs of a model.',
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
    const choice = new RunChoice(app, trans);
    const run = {
      run: {
        type: 'string',
        description: trans.__('Name of the folder of the run')
      },
      pointed: {
        type: 'boolean',
        description: trans.__('Apply to the run under the pointer')
      }
    };
    const runs = {
      runs: {
        type: 'array',
        items: { type: 'string' },
        description: trans.__('Names of the folders of the runs')
      }
    };

    /** Adds a command that is about the runs of the document in front. */
    const add = (
      id: string,
      label: string,
      properties: ReadonlyJSONObject,
      act: (model: EditorModel, args: ReadonlyPartialJSONObject) => unknown
    ): void =>
      documents.add(id, {
        label,
        failure: trans.__('It could not be done'),
        describedBy: { args: { type: 'object', properties } },
        isEnabled: args => documents.editable(args) !== null,
        execute: async args => {
          const model = documents.editable(args);
          if (model) {
            await act(model, args);
          }
        }
      });
    /** The same, about one run. */
    const addForOne = (
      id: string,
      label: string,
      properties: ReadonlyJSONObject,
      act: (
        model: EditorModel,
        one: IRunSummary,
        args: ReadonlyPartialJSONObject
      ) => unknown
    ): void =>
      add(id, label, { ...run, ...properties }, async (model, args) => {
        const one = await choice.one(model, args, label);
        if (one) {
          await act(model, one, args);
        }
      });
    /** A text that a command was given, or that the user writes; null where they did not. */
    const written = async (
      value: unknown,
      title: string,
      text: string
    ): Promise<string | null> =>
      typeof value === 'string'
        ? value
        : (await InputDialog.getText({ title, text })).value;

    add(CommandIDs.showRuns, trans.__('Show Runs'), {}, model =>
      model.panel.show('runs')
    );
    add(
      CommandIDs.compareRuns,
      trans.__('Compare Two Runs…'),
      runs,
      async (model, args) => {
        const title = trans.__('Choose Two Runs to Compare');
        const ids = await choice.several(model, args, title, n => n === 2);
        if (ids.length === 2) {
          model.panel.show('runs');
          await model.runs.compare(ids[0], ids[1]);
        } else if (ids.length > 0) {
          throw new Error(trans.__('Choose two runs, no more and no less.'));
        }
      }
    );
    const formats: [ExportFormat, string, string][] = [
      ['csv', CommandIDs.exportRunsCSV, trans.__('Export Runs as CSV…')],
      ['png', CommandIDs.exportRunsPNG, trans.__('Export Runs as PNG…')],
      ['html', CommandIDs.exportRunsHTML, trans.__('Export Runs as HTML…')]
    ];
    for (const [format, id, label] of formats) {
      add(id, label, runs, async (model, args) => {
        const title = trans.__('Choose Runs to Export');
        const ids = await choice.several(model, args, title, n => n > 0);
        const { editor, node } = documents.widget(args)!.content;
        if (editor && ids.length > 0) {
          const { components, host } = editor;
          const root = node.querySelector('.jp-kerasviz-TrainPanel') ?? node;
          await components.exportRuns(model, host, ids, format, root);
        }
      });
    }
    add(
      CommandIDs.addRuns,
      trans.__('Add Runs of a Folder…'),
      {
        folder: {
          type: 'string',
          description: trans.__('Path from the folder of the document')
        }
      },
      async (model, args) => {
        const { choosePath } = documents.widget(args)!.content.editor!.host;
        const title = trans.__('Choose a Folder with Runs');
        const folder =
          typeof args.folder === 'string'
            ? args.folder
            : await choosePath?.('folder', model.path, title);
        if (typeof folder === 'string') {
          model.panel.show('runs');
          await model.runs.take(folder);
        }
      }
    );
    addForOne(CommandIDs.stopRun, trans.__('Stop Run…'), {}, (model, { id }) =>
      model.runs.control([id], 'stop')
    );
    addForOne(
      CommandIDs.openRun,
      trans.__('Open Run as a New Document…'),
      {},
      async (model, { id }) => {
        const { components, host } = documents.widget({})!.content.editor!;
        await components.openRun(model, host, id);
      }
    );
    addForOne(
      CommandIDs.openRunCode,
      trans.__('Open Run as Script…'),
      {},
      async (model, { id }) => {
        const { components, host } = documents.widget({})!.content.editor!;
        await components.openRunCode(model, host, id);
      }
    );
    addForOne(
      CommandIDs.renameRun,
      trans.__('Rename Run…'),
      {
        name: { type: 'string', description: trans.__('The new name') }
      },
      async (model, { id, name: old }, args) => {
        const title = trans.__('Rename Run');
        const name = await written(args.name, title, old === id ? '' : old);
        if (name !== null) {
          await model.runs.change([id], { name });
        }
      }
    );
    addForOne(
      CommandIDs.noteRun,
      trans.__('Write a Note on a Run…'),
      { note: { type: 'string', description: trans.__('The note') } },
      async (model, one, args) => {
        const title = trans.__('Note on the Run');
        const note = await written(args.note, title, one.note);
        if (note !== null) {
          await model.runs.change([one.id], { note });
        }
      }
    );
    addForOne(
      CommandIDs.hideRun,
      trans.__('Hide or Show Run in the List…'),
      {},
      (model, { id, hidden }) => model.runs.change([id], { hidden: !hidden })
    );
    addForOne(
      CommandIDs.deleteRun,
      trans.__('Delete Run…'),
      {},
      async (model, { id, ended, state }) => {
        if (ended === null && state !== 'lost') {
          throw new Error(trans.__('This run is under way: stop it first.'));
        }
        await model.runs.change([id], { deleted: true });
      }
    );
    documents.add(CommandIDs.undoRunChange, {
      label: trans.__('Undo the Last Change of the Runs'),
      isEnabled: args => !!documents.editor(args)?.runs.canUndo,
      execute: args => documents.editor(args)?.runs.undo()
    });
  }
};
