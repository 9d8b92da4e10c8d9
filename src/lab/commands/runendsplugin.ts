/** Says that a run ended or broke to somebody who does not look at it. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator } from '@jupyterlab/translation';
import { say, type IRunStatus } from '../../core';
import type { KerasWidget } from '../document/keraswidget';
import { IKerasTracker } from '../document/tokens';
import { CommandIDs, SETTINGS } from '../ids';
import { BrowserNotices } from './browsernotices';
import { watchEnds } from './runends';

/** Adds the messages, and the command that lets the browser show them. */
export const runEndsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'kerasviz:run-ends',
  description: 'Tells when a run ends or breaks that nobody looks at.',
  autoStart: true,
  requires: [IKerasTracker, ITranslator],
  optional: [ISettingRegistry, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    tracker: IKerasTracker,
    translator: ITranslator,
    registry: ISettingRegistry | null,
    palette: ICommandPalette | null
  ) => {
    const trans = translator.load('kerasviz');
    const notices = new BrowserNotices(trans);

    const onEnd = (widget: KerasWidget, status: IRunStatus): void => {
      const name = PathExt.basename(widget.context.path);
      const reveal = () => app.shell.activateById(widget.id);
      const isWell = status.state === 'finished';
      const message = isWell
        ? trans.__(
            '%1: the training finished after %2 epochs.',
            name,
            status.epoch
          )
        : status.error
          ? trans.__(
              '%1: the training failed. %2',
              name,
              say(status.error.message)
            )
          : trans.__('%1: the training ended with its kernel.', name);
      const isAway = notices.isAway;
      if (isAway) {
        notices.show(message, isWell, reveal);
      }
      if (!widget.isVisible) {
        const actions = [{ label: trans.__('Show'), callback: reveal }];
        const options = {
          actions,
          autoClose: isAway ? (false as const) : 10_000
        };
        if (isWell) {
          Notification.success(message, options);
        } else {
          Notification.error(message, options);
        }
      }
    };
    tracker.widgetAdded.connect((_, widget) => {
      void widget.loaded.then(({ run }) =>
        watchEnds(run, status => onEnd(widget, status))
      );
    });

    void registry?.load(SETTINGS).then(settings => {
      const isWanted = () => settings.composite.notifyRunEnds === true;
      notices.isWanted = isWanted();
      settings.changed.connect(() => {
        // The browser is asked because the user has just turned it on, and never when a page opens.
        if (isWanted() && !notices.isWanted) {
          void notices.ask();
        }
        notices.isWanted = isWanted();
      });
      app.commands.addCommand(CommandIDs.toggleNotifications, {
        label: trans.__('Notify by the Browser When a Run Ends'),
        isToggled: isWanted,
        describedBy: { args: { type: 'object', properties: {} } },
        execute: () => settings.set('notifyRunEnds', !isWanted())
      });
      palette?.addItem({
        command: CommandIDs.toggleNotifications,
        category: trans.__('Keras Model')
      });
    });
  }
};
