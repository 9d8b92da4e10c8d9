/** Undo and redo in the Edit menu; the other items stand in `schema/plugin.json`. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IMainMenu } from '@jupyterlab/mainmenu';
import { CommandIDs } from '../ids';
import { IKerasTracker } from '../document/tokens';

/** Lets the menus of JupyterLab act on Keras documents. */
export const menuPlugin: JupyterFrontEndPlugin<void> = {
  id: 'kerasviz:menu',
  description: 'Undo and redo of Keras models in the Edit menu.',
  autoStart: true,
  requires: [IMainMenu, IKerasTracker],
  activate: (_: JupyterFrontEnd, menu: IMainMenu, tracker: IKerasTracker) => {
    const { undo, redo } = menu.editMenu.undoers;
    undo.add({
      id: CommandIDs.undo,
      isEnabled: widget => tracker.has(widget)
    });
    redo.add({
      id: CommandIDs.redo,
      isEnabled: widget => tracker.has(widget)
    });
  }
};
