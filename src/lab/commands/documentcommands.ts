/** What commands about a Keras document have in common. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ICommandPalette } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { EditorModel } from '../../core';
import type { IKerasTracker } from '../document/tokens';
import type { KerasWidget } from '../document/keraswidget';

/** Adds commands that act on the document that is in front. */
export class DocumentCommands {
  constructor(private readonly _options: DocumentCommands.IOptions) {}

  /** The document; a toolbar is used beside another tab, menus and shortcuts are about the tab that has the focus. */
  widget = (args: ReadonlyPartialJSONObject): KerasWidget | null => {
    const { app, tracker } = this._options;
    return args.toolbar || tracker.currentWidget === app.shell.currentWidget
      ? tracker.currentWidget
      : null;
  };

  /** What its views share. */
  editor = (args: ReadonlyPartialJSONObject): EditorModel | null =>
    this.widget(args)?.editor ?? null;

  /** The same, where the document holds a model. */
  editable = (args: ReadonlyPartialJSONObject): EditorModel | null => {
    const editor = this.editor(args);
    return editor?.document.error === null ? editor : null;
  };

  /** Adds a command, to the command palette too. */
  add(id: string, options: DocumentCommands.ICommandOptions): void {
    const { app, trans, palette } = this._options;
    const { failure, hindrance, ...command } = options;
    app.commands.addCommand(id, {
      isVisible: args => !!args.toolbar || this.editor(args) !== null,
      describedBy: { args: { type: 'object', properties: {} } },
      ...command,
      ...(hindrance && {
        isEnabled: args => hindrance(args) === null,
        caption: args => hindrance(args) ?? String(command.caption ?? '')
      }),
      execute: async args => {
        try {
          return await command.execute(args);
        } catch (reason) {
          if (failure === undefined) {
            throw reason;
          }
          const { showFailure } = await import('./failuredialog');
          await showFailure(failure, reason, this.editor(args), trans);
        }
      }
    });
    palette?.addItem({ command: id, category: trans.__('Keras Model') });
  }
}

export namespace DocumentCommands {
  export interface IOptions {
    app: JupyterFrontEnd;
    tracker: IKerasTracker;
    trans: TranslationBundle;
    palette: ICommandPalette | null;
  }

  export interface ICommandOptions extends CommandRegistry.ICommandOptions {
    /** Why it can't be used now, for its caption; null where it can. Takes the place of `isEnabled`. */
    hindrance?: (args: ReadonlyPartialJSONObject) => string | null;
    /** Title of the dialog that says why the command failed. */
    failure?: string;
  }
}
