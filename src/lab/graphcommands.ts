/** Commands for the graph of a model: connections and outputs. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { ITranslator } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { DocumentCommands } from './documentcommands';
import { CommandIDs } from './ids';
import type { ILoadedEditor } from './loader';
import { selectedNode } from './selection';
import { IKerasTracker } from './tokens';

/** Adds commands that connect layers and say which tensors are outputs. */
export const graphCommandsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'kerasviz:graph-commands',
  description: 'Commands to connect layers and to choose the outputs.',
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

    const current = (): ILoadedEditor | null => {
      const editor = documents.widget({})?.content.editor ?? null;
      return editor?.model.document.error === null ? editor : null;
    };
    /** The one selected node, where it is no input. */
    const layer = () => {
      const node = selectedNode(current()?.model ?? null);
      return node?.isInput === false ? node : null;
    };
    const outputOf = (node: string | undefined) =>
      current()?.model.document.graph.outputs.findIndex(
        end => end.node === node
      ) ?? -1;

    const add = (id: string, options: CommandRegistry.ICommandOptions): void =>
      documents.add(id, { isVisible: () => current() !== null, ...options });

    add(CommandIDs.connect, {
      label: trans.__('Connect Selected Layers'),
      caption: trans.__(
        'Feed the output of the first selected layer to the second'
      ),
      isEnabled: () => {
        const editor = current();
        return !!editor?.components.canConnectSelected(editor.model);
      },
      execute: () => {
        const editor = current();
        const refusal = editor?.components.connectSelected(editor.model);
        if (editor && refusal) {
          const { refusalText } = editor.components;
          Notification.warning(refusalText(refusal, trans));
        }
      }
    });
    add(CommandIDs.toggleOutput, {
      label: () =>
        outputOf(layer()?.id) < 0
          ? trans.__('Pin as Output')
          : trans.__('Unpin Output'),
      caption: trans.__('Whether the model gives what this layer gives'),
      isEnabled: () => {
        const editor = current();
        const node = layer();
        return (
          !!node && !!editor?.components.canToggleOutput(editor.model, node.id)
        );
      },
      execute: () => {
        const editor = current();
        const node = layer();
        if (editor && node) {
          editor.components.toggleOutput(editor.model, node.id);
        }
      }
    });
    addMove(CommandIDs.outputEarlier, trans.__('Move Output Earlier'), -1);
    addMove(CommandIDs.outputLater, trans.__('Move Output Later'), 1);

    function addMove(id: string, label: string, step: 1 | -1): void {
      add(id, {
        label,
        isEnabled: () => {
          const editor = current();
          const index = outputOf(layer()?.id);
          return !!editor?.components.canMoveEnd(
            editor.model.document.graph.outputs,
            index,
            step
          );
        },
        execute: () => {
          const index = outputOf(layer()?.id);
          current()?.model.document.reorder('outputs', index, index + step);
        }
      });
    }
  }
};
