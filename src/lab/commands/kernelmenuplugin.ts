/** The Kernel menu of a Keras document. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import {
  type ISessionContext,
  ISessionContextDialogs,
  SessionContextDialogs
} from '@jupyterlab/apputils';
import { IMainMenu } from '@jupyterlab/mainmenu';
import { ITranslator } from '@jupyterlab/translation';
import { CommandIDs } from '../ids';
import { commHandler } from '../kernel/commhandler';
import { IKerasTracker } from '../document/tokens';

/** Lets the Kernel menu of JupyterLab act on the kernel of a Keras document. */
export const kernelMenuPlugin: JupyterFrontEndPlugin<void> = {
  id: 'kerasviz:kernel-menu',
  description: 'The Kernel menu for Keras models.',
  autoStart: true,
  requires: [IMainMenu, IKerasTracker, ITranslator],
  optional: [ISessionContextDialogs],
  activate: (
    app: JupyterFrontEnd,
    menu: IMainMenu,
    tracker: IKerasTracker,
    translator: ITranslator,
    sessionDialogs: ISessionContext.IDialogs | null
  ) => {
    const trans = translator.load('kerasviz');
    const dialogs = sessionDialogs ?? new SessionContextDialogs({ translator });
    const users = menu.kernelMenu.kernelUsers;
    const session = () => tracker.currentWidget?.context.sessionContext;

    const hasKernel = () => !!session()?.session?.kernel;
    const add = (
      id: string,
      user: keyof typeof users,
      label: string,
      execute: (context: ISessionContext) => Promise<unknown> | undefined,
      isEnabled: () => boolean = hasKernel
    ) => {
      app.commands.addCommand(id, {
        label,
        isEnabled,
        isVisible: () => tracker.currentWidget === app.shell.currentWidget,
        describedBy: { args: { type: 'object', properties: {} } },
        execute: async () => {
          const context = session();
          if (context) {
            await execute(context);
          }
        }
      });
      users[user].add({ id, isEnabled: widget => tracker.has(widget) });
    };

    add(
      CommandIDs.interruptKernel,
      'interruptKernel',
      trans.__('Interrupt Kernel'),
      // An interrupt of the kernel reaches cells alone, and a document trains beside them.
      context => {
        const run = tracker.currentWidget?.editor?.run;
        return run?.history?.isActive
          ? run.stop()
          : context.session?.kernel?.interrupt();
      }
    );
    add(
      CommandIDs.restartKernel,
      'restartKernel',
      trans.__('Restart Kernel…'),
      context =>
        dialogs.restart(commHandler(app.shell.widgets('main'), context))
    );
    // Without these, the menu would call "Restart Kernel" what else restarts it and clears or runs all cells.
    for (const semantic of [
      users.clearWidget,
      menu.runMenu.codeRunners.runAll
    ]) {
      semantic.add({
        id: CommandIDs.noCells,
        isEnabled: widget => tracker.has(widget)
      });
    }
    app.commands.addCommand(CommandIDs.noCells, {
      label: trans.__('A Keras model has no cells'),
      isVisible: () => false,
      isEnabled: () => false,
      describedBy: { args: { type: 'object', properties: {} } },
      execute: () => undefined
    });
    add(
      CommandIDs.reconnectKernel,
      'reconnectToKernel',
      trans.__('Reconnect to Kernel'),
      context => context.session?.kernel?.reconnect()
    );
    add(
      CommandIDs.changeKernel,
      'changeKernel',
      trans.__('Change Kernel…'),
      context => dialogs.selectKernel(context),
      () => !!session()
    );
    add(
      CommandIDs.shutdownKernel,
      'shutdownKernel',
      trans.__('Shut Down Kernel'),
      context => context.shutdown()
    );
  }
};
