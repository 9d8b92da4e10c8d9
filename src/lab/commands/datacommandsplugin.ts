/** Commands about the data that a document is trained on, and about what is made of it. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { IKerasTracker } from '../document/tokens';
import { CommandIDs } from '../ids';
import { showForms } from '../showforms';
import { DocumentCommands } from './documentcommands';
import { selectedNode } from './selectednodes';

/** Adds the commands; they act on the document that was used last. */
export const dataCommandsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'kerasviz:data-commands',
  description: 'Commands to look at data, and to draw a model that fits it.',
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
    const { editable } = documents;
    const training = (args: ReadonlyPartialJSONObject) =>
      editable(args)?.document.model?.kerasviz?.training;
    const withoutData = (args: ReadonlyPartialJSONObject) =>
      (training(args)?.data ?? null) === null
        ? trans.__('Choose the data on the Train tab first.')
        : null;
    const isRunning = (args: ReadonlyPartialJSONObject) =>
      editable(args)?.run.history?.isActive ?? false;

    const isTesting = (args: ReadonlyPartialJSONObject) =>
      editable(args)?.rateTest.isActive ?? false;
    const busy = (args: ReadonlyPartialJSONObject) =>
      isRunning(args) || isTesting(args)
        ? trans.__('Wait until the run has ended, or stop it.')
        : null;
    const whyNoLayer = (args: ReadonlyPartialJSONObject) => {
      const model = editable(args);
      return !model?.inside.value.isOpen
        ? trans.__('Look inside first.')
        : !selectedNode(model)
          ? trans.__('Select one layer first.')
          : null;
    };

    documents.add(CommandIDs.lookAtData, {
      label: trans.__('Look at the Data'),
      hindrance: withoutData,
      execute: args => editable(args)?.look.look()
    });
    documents.add(CommandIDs.lookInside, {
      label: trans.__('Look Inside'),
      caption: trans.__('Show the output of each layer for a sample'),
      isToggleable: true,
      isToggled: args => editable(args)?.inside.value.isOpen ?? false,
      execute: async args => {
        const inside = editable(args)?.inside;
        if (inside?.value.isOpen) {
          inside.close();
        } else {
          await inside?.open();
        }
      }
    });
    documents.add(CommandIDs.why, {
      label: trans.__('Explain the Prediction'),
      caption: trans.__(
        'Show which parts of the sample matter for the prediction (attribution)'
      ),
      isToggleable: true,
      isToggled: args => editable(args)?.why.value.isOpen ?? false,
      execute: async args => {
        const why = editable(args)?.why;
        if (why?.value.isOpen) {
          why.close();
        } else {
          await why?.open();
        }
      }
    });
    documents.add(CommandIDs.lookOverPlane, {
      label: trans.__('Show Input Plane'),
      caption: trans.__(
        'Show the output of each unit and of the model while two input values vary: the decision boundary'
      ),
      isToggleable: true,
      isToggled: args =>
        (editable(args)?.inside.value.sample?.plane ?? null) !== null,
      hindrance: withoutData,
      execute: async args => {
        const inside = editable(args)?.inside;
        await inside?.setPlane(!inside.value.sample?.plane);
      }
    });
    documents.add(CommandIDs.showStatistics, {
      label: trans.__('Show Statistics on Layers'),
      caption: trans.__(
        'Show the distributions of weights, gradients and activations of each layer during training'
      ),
      isToggleable: true,
      isToggled: args => editable(args)?.statistics.value.isShown ?? false,
      execute: args => {
        const statistics = editable(args)?.statistics;
        statistics?.show(!statistics.value.isShown);
      }
    });
    documents.add(CommandIDs.showEmbedding, {
      label: trans.__('Show Embedding at the Layer'),
      caption: trans.__(
        'Show samples as points, near each other where the outputs of the selected layer are similar'
      ),
      hindrance: whyNoLayer,
      execute: async args => {
        const model = editable(args);
        const node = model && selectedNode(model);
        if (node) {
          model.embedding.show(node.id);
          await showForms(app);
        }
      }
    });
    documents.add(CommandIDs.showHints, {
      label: trans.__('Show Hints'),
      caption: trans.__(
        'Show errors, warnings and suggestions for this model, its data and its training'
      ),
      execute: args => editable(args)?.panel.show('hints')
    });
    documents.add(CommandIDs.showOutput, {
      label: trans.__('Show Output in Detail'),
      caption: trans.__(
        'Show the whole output of the selected layer for the sample, with its values'
      ),
      hindrance: whyNoLayer,
      execute: async args => {
        editable(args)?.inside.showLarge();
        await showForms(app);
      }
    });
    documents.add(CommandIDs.keepPicture, {
      label: trans.__('Keep Picture…'),
      caption: trans.__(
        'Copy or save the picture that the pointer or the focus was on last, or copy the Python that makes it'
      ),
      hindrance: () =>
        document.querySelector('.jp-kerasviz-Exportable')
          ? null
          : trans.__('Look inside, train or evaluate the model first.'),
      execute: async () => {
        const { openPictureMenu } = await import('../../editor');
        openPictureMenu();
      }
    });
    const withoutEpochs = (args: ReadonlyPartialJSONObject) =>
      editable(args)?.moment.value.epochs.length
        ? null
        : trans.__(
            'Train the model, and look inside or open the Curves tab first.'
          );
    const isPlaying = (args: ReadonlyPartialJSONObject) =>
      editable(args)?.moment.value.isPlaying ?? false;
    documents.add(CommandIDs.earlierEpoch, {
      label: trans.__('Show Earlier Epoch'),
      caption: trans.__(
        'Show the results with the weights of the previous epoch'
      ),
      hindrance: withoutEpochs,
      execute: args => editable(args)?.moment.step(-1)
    });
    documents.add(CommandIDs.laterEpoch, {
      label: trans.__('Show Later Epoch'),
      caption: trans.__(
        'Show what the weights of the next epoch give; behind the last are those of now'
      ),
      hindrance: withoutEpochs,
      execute: args => editable(args)?.moment.step(1)
    });
    documents.add(CommandIDs.playEpochs, {
      label: trans.__('Play Epochs'),
      caption: trans.__('Play epochs'),
      isToggleable: true,
      isToggled: isPlaying,
      hindrance: withoutEpochs,
      execute: args => {
        const moment = editable(args)?.moment;
        if (isPlaying(args)) {
          moment?.pause();
        } else {
          moment?.play();
        }
      }
    });
    const isEvaluating = (args: ReadonlyPartialJSONObject) =>
      (editable(args)?.results.value.share ?? null) !== null;
    documents.add(CommandIDs.evaluate, {
      label: trans.__('Evaluate the Model'),
      caption: trans.__(
        'Predict the samples that validate with the trained model, and compare with what is true'
      ),
      hindrance: args =>
        withoutData(args) ??
        (isEvaluating(args)
          ? trans.__('Wait until the evaluation has ended, or stop it.')
          : null),
      execute: async args => {
        const model = editable(args);
        model?.panel.show('results');
        await model?.results.evaluate('validation');
      }
    });
    documents.add(CommandIDs.stopEvaluation, {
      label: trans.__('Stop the Evaluation'),
      isEnabled: isEvaluating,
      execute: args => editable(args)?.results.stop()
    });
    documents.add(CommandIDs.savePredictions, {
      label: trans.__('Save Predictions as CSV'),
      caption: trans.__(
        'A row for each sample that was evaluated last: its number, what is true, and what is predicted'
      ),
      failure: trans.__('The predictions were not saved'),
      hindrance: args =>
        editable(args)?.results.value.evaluation
          ? null
          : trans.__('Evaluate the model first.'),
      execute: async args => {
        const model = editable(args);
        const { editor } = documents.widget(args)!.content;
        if (model && editor) {
          await editor.components.savePredictions(model);
        }
      }
    });
    documents.add(CommandIDs.firstModel, {
      label: trans.__('Draw a First Model for the Data'),
      failure: trans.__('No model was drawn'),
      hindrance: withoutData,
      execute: async args => {
        await editable(args)?.layOut('first_model');
      }
    });
    documents.add(CommandIDs.prepareInModel, {
      label: trans.__('Put the Preparation into the Model'),
      failure: trans.__('The preparation stays outside the model'),
      hindrance: withoutData,
      execute: async args => {
        await editable(args)?.layOut('prepare_in_model');
      }
    });
    documents.add(CommandIDs.findLearningRate, {
      label: trans.__('Find a Learning Rate'),
      caption: trans.__(
        'Train a copy of the model for some batches with a rate that grows, and see where it learns'
      ),
      hindrance: args => withoutData(args) ?? busy(args),
      execute: async args => {
        void showForms(app);
        await editable(args)?.rateTest.begin();
      }
    });
    documents.add(CommandIDs.stopRateTest, {
      label: trans.__('Stop Finding a Learning Rate'),
      isEnabled: isTesting,
      execute: args => editable(args)?.rateTest.stop()
    });
    const whyNotSweep = (args: ReadonlyPartialJSONObject) =>
      (training(args)?.sweep ?? null) === null
        ? trans.__('Choose “Try several values” at an argument first.')
        : busy(args);
    documents.add(CommandIDs.startSweep, {
      label: trans.__('Start the Sweep'),
      hindrance: whyNotSweep,
      execute: args => editable(args)?.run.sweep()
    });
    documents.add(CommandIDs.goOnSweep, {
      label: trans.__('Go On with the Sweep'),
      hindrance: whyNotSweep,
      execute: args => editable(args)?.run.sweep(true)
    });
    documents.add(CommandIDs.endSweep, {
      label: trans.__('End the Sweep'),
      isEnabled: args =>
        isRunning(args) &&
        editable(args)?.run.history?.status.trial !== undefined,
      execute: args => editable(args)?.run.endSweep()
    });
  }
};
