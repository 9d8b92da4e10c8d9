/** Commands for the graph of a model: connections and outputs. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { ITranslator } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { DocumentCommands } from './documentcommands';
import { CommandIDs } from '../ids';
import type { ILoadedEditor } from '../loader';
import { selectedNode } from './selectednodes';
import { IKerasTracker } from '../document/tokens';

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
    const graph = () => current()?.model.document.graph;
    /** The output that the layer gives: a certain tensor, or whichever. */
    const output = (tensor?: number) => {
      const [editor, node] = [current(), layer()];
      return (
        editor?.components.outputOf(graph()!, node?.id ?? '', tensor) ?? null
      );
    };
    /** Where the output is among those of the model. */
    const place = () => {
      const found = output();
      return found ? (graph()?.outputs.indexOf(found) ?? -1) : -1;
    };
    /** The one of several tensors at whose port the menu was opened. */
    const pointed = (args: ReadonlyPartialJSONObject): number | undefined => {
      const port = args.pointed
        ? app.contextMenuHitTest(item => item.dataset.tensor !== undefined)
        : undefined;
      return port && Number(port.dataset.tensor);
    };

    const add = (id: string, options: CommandRegistry.ICommandOptions): void =>
      documents.add(id, { isVisible: () => current() !== null, ...options });

    add(CommandIDs.connect, {
      label: trans.__('Connect Selected Layers'),
      caption: trans.__(
        'Connect the output of the first selected layer to the second'
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
      label: args => {
        const tensor = pointed(args);
        if (tensor === undefined) {
          return output()
            ? trans.__('Unpin Output')
            : trans.__('Pin as Output');
        }
        return output(tensor)
          ? trans.__('Unpin Output: Tensor %1', tensor)
          : trans.__('Pin Tensor %1 as Output', tensor);
      },
      caption: trans.__('Use this layer’s output as a model output'),
      describedBy: {
        args: {
          type: 'object',
          properties: {
            pointed: {
              type: 'boolean',
              description: trans.__('Apply to the port under the pointer')
            }
          }
        }
      },
      isEnabled: args => {
        const [editor, node] = [current(), layer()];
        return (
          !!editor &&
          !!node &&
          editor.components.canToggleOutput(
            editor.model,
            node.id,
            pointed(args)
          )
        );
      },
      execute: args => {
        const [editor, node] = [current(), layer()];
        if (editor && node) {
          const { toggleOutput } = editor.components;
          toggleOutput(editor.model, node.id, pointed(args));
        }
      }
    });
    addMove(CommandIDs.outputEarlier, trans.__('Move Output Earlier'), -1);
    addMove(CommandIDs.outputLater, trans.__('Move Output Later'), 1);

    function addMove(id: string, label: string, step: 1 | -1): void {
      add(id, {
        label,
        isEnabled: () => {
          const { outputs = [] } = graph() ?? {};
          const canMoveEnd = current()?.components.canMoveEnd;
          return !!canMoveEnd?.(outputs, place(), step);
        },
        execute: () => {
          const index = place();
          current()?.model.document.reorder('outputs', index, index + step);
        }
      });
    }
  }
};
