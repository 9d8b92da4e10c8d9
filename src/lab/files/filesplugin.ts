/** Model files: saving in any format, and weights for what is drawn. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator } from '@jupyterlab/translation';
import { DocumentCommands } from '../commands/documentcommands';
import { CommandIDs } from '../ids';
import { IKerasTracker } from '../document/tokens';

/** Adds the commands that write and read model files through the kernel. */
export const filesPlugin: JupyterFrontEndPlugin<void> = {
  id: 'kerasviz:files',
  description: 'Saves Keras models in files, and loads weights from them.',
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
    const { contents } = app.serviceManager;
    const documents = new DocumentCommands({ app, tracker, trans, palette });

    tracker.widgetAdded.connect((_, widget) => {
      void Promise.all([widget.loaded, import('./savingnotices')]).then(
        ([{ exports }, { showExports }]) => {
          widget.disposed.connect(showExports(exports, trans));
        }
      );
    });
    documents.add(CommandIDs.saveModel, {
      label: trans.__('Save Trained Model…'),
      caption: trans.__(
        'Save the model as .keras, HDF5, only weights, JSON or YAML, or export it to ONNX, LiteRT, OpenVINO, a SavedModel or PyTorch'
      ),
      failure: trans.__('Could not save the model'),
      isEnabled: args => documents.editable(args) !== null,
      execute: async args => {
        const editor = documents.editable(args);
        if (editor) {
          const { saveModel } = await import('./savemodel');
          await saveModel(editor, contents, trans);
        }
      }
    });
    documents.add(CommandIDs.loadWeights, {
      label: trans.__('Load Weights…'),
      caption: trans.__(
        'Load weights into this model from a model file, a weights file or a TensorFlow checkpoint'
      ),
      failure: trans.__('Could not load the weights'),
      isEnabled: args => documents.editable(args) !== null,
      execute: async args => {
        const editor = documents.editable(args);
        if (editor) {
          const { loadWeights } = await import('./loadweights');
          await loadWeights(editor, contents, trans);
        }
      }
    });
  }
};
