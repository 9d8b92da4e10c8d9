/** The commands of a Keras document. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator } from '@jupyterlab/translation';
import {
  redoIcon,
  runIcon,
  stopIcon,
  undoIcon
} from '@jupyterlab/ui-components';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { EditorModel, IStore } from '../../core';
import { stateNotifier } from './commandstates';
import { DocumentCommands } from './documentcommands';
import { commitField } from '../commitfield';
import { CommandIDs } from '../ids';
import { fitIcon, tidyIcon } from '../icons';
import type { IEditorModule } from '../loader';
import { deleteSelection, selectedNode, selectedNodes } from './selectednodes';
import { IKerasTracker } from '../document/tokens';

/** Adds the commands; they act on the document that was used last. */
export const commandsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'kerasviz:commands',
  description: 'Commands to draw, train and save Keras models.',
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
    const { widget: currentWidget, editor: current, editable } = documents;
    const runState = (args: ReadonlyPartialJSONObject) =>
      current(args)?.run.history?.status.state ?? null;
    const isRunning = (args: ReadonlyPartialJSONObject) =>
      current(args)?.run.history?.isActive ?? false;

    const whyNotTrain = (args: ReadonlyPartialJSONObject) => {
      if (editable(args) === null) {
        return trans.__('There is no model to train.');
      }
      return isRunning(args) || current(args)?.rateTest.isActive
        ? trans.__('Wait until the run has ended, or stop it.')
        : null;
    };

    const onSelected = (
      args: ReadonlyPartialJSONObject,
      act: (
        components: IEditorModule['components'],
        model: EditorModel,
        node: string
      ) => void
    ) => {
      const editor = currentWidget(args)?.content.editor;
      const node = selectedNode(editor?.model ?? null);
      if (editor && node) {
        act(editor.components, editor.model, node.id);
      }
    };

    documents.add(CommandIDs.undo, {
      label: trans.__('Undo'),
      caption: trans.__('Undo the last change to the model'),
      icon: undoIcon,
      isEnabled: args => !!editable(args)?.document.canUndo(),
      execute: args => editable(args)?.document.undo()
    });
    documents.add(CommandIDs.redo, {
      label: trans.__('Redo'),
      caption: trans.__('Redo the last undone change'),
      icon: redoIcon,
      isEnabled: args => !!editable(args)?.document.canRedo(),
      execute: args => editable(args)?.document.redo()
    });
    documents.add(CommandIDs.selectAll, {
      label: trans.__('Select All Layers'),
      isEnabled: args => !!editable(args)?.document.graph.nodes.length,
      execute: args => {
        const editor = editable(args);
        editor?.selection.select(
          editor.document.graph.nodes.map(node => node.id)
        );
      }
    });
    documents.add(CommandIDs.remove, {
      label: trans.__('Delete Selection'),
      isEnabled: args => !!editable(args)?.selection.value.size,
      execute: args => {
        const editor = editable(args);
        if (editor) {
          deleteSelection(editor);
        }
      }
    });
    documents.add(CommandIDs.duplicate, {
      label: trans.__('Duplicate Selected Layers'),
      isEnabled: args =>
        !!editable(args) && selectedNodes(editable(args)!).length > 0,
      execute: args => {
        const editor = editable(args);
        if (editor) {
          editor.selection.select(
            editor.document.duplicate(selectedNodes(editor))
          );
        }
      }
    });
    documents.add(CommandIDs.callAgain, {
      label: trans.__('Reuse Layer'),
      caption: trans.__('Call the layer again, sharing its weights'),
      isEnabled: args => selectedNode(editable(args))?.isInput === false,
      execute: args => onSelected(args, (c, m, id) => c.callAgain(m, id))
    });
    documents.add(CommandIDs.unlink, {
      label: trans.__('Unlink Layer'),
      caption: trans.__(
        'Replace this call with an independent copy of the layer'
      ),
      isEnabled: args => (selectedNode(editable(args))?.calls ?? 0) > 1,
      execute: args => onSelected(args, (c, m, id) => c.unlink(m, id))
    });
    documents.add(CommandIDs.openNested, {
      label: trans.__('Open Nested Model'),
      caption: trans.__('Show and edit the layers of this model'),
      isEnabled: args => {
        const editor = editable(args);
        const node = selectedNode(editor);
        return !!node && !!editor?.document.isModel(node.id);
      },
      execute: args => onSelected(args, (_, model, id) => model.enter(id))
    });
    documents.add(CommandIDs.tidy, {
      label: trans.__('Tidy Layout'),
      caption: trans.__('Arrange the layers in even rows'),
      icon: tidyIcon,
      isEnabled: args => !!editable(args)?.document.graph.nodes.length,
      execute: args => {
        const editor = currentWidget(args)?.content.editor;
        editor?.components.tidy(editor.model);
      }
    });
    documents.add(CommandIDs.fitView, {
      label: trans.__('Fit View'),
      caption: trans.__('Show the whole model'),
      icon: fitIcon,
      isEnabled: args => !!editable(args)?.document.graph.nodes.length,
      execute: args => currentWidget(args)?.content.canvas?.fitView()
    });

    documents.add(CommandIDs.zoomIn, {
      label: trans.__('Zoom In'),
      isEnabled: args => editable(args) !== null,
      execute: args => currentWidget(args)?.content.canvas?.zoomIn()
    });
    documents.add(CommandIDs.zoomOut, {
      label: trans.__('Zoom Out'),
      isEnabled: args => editable(args) !== null,
      execute: args => currentWidget(args)?.content.canvas?.zoomOut()
    });

    documents.add(CommandIDs.train, {
      label: trans.__('Train'),
      caption: trans.__('Train the model, continuing from its current weights'),
      icon: runIcon,
      hindrance: whyNotTrain,
      execute: args => {
        commitField();
        return editable(args)?.run.train('trained');
      }
    });
    documents.add(CommandIDs.trainFresh, {
      label: trans.__('Start Training Over (New Random Weights)'),
      hindrance: whyNotTrain,
      execute: args => editable(args)?.run.train('fresh')
    });
    documents.add(CommandIDs.stop, {
      label: trans.__('Stop Training'),
      caption: trans.__('Stop after this batch and keep the weights'),
      icon: stopIcon,
      hindrance: args =>
        isRunning(args) ? null : trans.__('Nothing is being trained.'),
      execute: args => current(args)?.run.stop()
    });
    documents.add(CommandIDs.pause, {
      label: trans.__('Pause Training'),
      isEnabled: args => runState(args) === 'training',
      execute: args => current(args)?.run.pause()
    });
    documents.add(CommandIDs.resume, {
      label: trans.__('Resume Training'),
      isEnabled: args => runState(args) === 'paused',
      execute: args => current(args)?.run.resume()
    });
    const canStep = (args: ReadonlyPartialJSONObject) =>
      isRunning(args)
        ? ['training', 'paused'].includes(runState(args) ?? '')
        : editable(args) !== null;
    documents.add(CommandIDs.oneBatch, {
      label: trans.__('Train One Batch'),
      caption: trans.__('Train on one batch, then pause'),
      isEnabled: canStep,
      execute: args => current(args)?.run.step('batch')
    });
    documents.add(CommandIDs.oneEpoch, {
      label: trans.__('Train One Epoch'),
      caption: trans.__('Train to the end of the epoch, then pause'),
      isEnabled: canStep,
      execute: args => current(args)?.run.step('epoch')
    });
    // Toolbar buttons show whether a command is enabled. JupyterLab leaves it to
    // each kind of document to tell that its own Save button can be pressed.
    const notify = stateNotifier(app.commands, [
      ...Object.values(CommandIDs),
      'docmanager:save'
    ]);
    app.shell.currentChanged?.connect(notify);
    tracker.widgetAdded.connect((_, widget) => {
      void widget.loaded.then(editor => {
        notify();
        const { document, selection, kernel, run, runs, rateTest } = editor;
        const { catalog, inside, why, statistics } = editor;
        const parts: IStore[] = [
          document,
          selection,
          kernel,
          run,
          runs,
          rateTest,
          catalog,
          inside,
          why,
          statistics
        ];
        parts.forEach(part => part.changed.connect(notify));
      });
    });
  }
};
