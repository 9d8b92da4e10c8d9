/** The forms of a document: in JupyterLab's property inspector, and where there is none in the right sidebar. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IPropertyInspectorProvider } from '@jupyterlab/property-inspector';
import { ITranslator } from '@jupyterlab/translation';
import { ReactWidget, settingsIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { CommandIDs, INSPECTOR_ID } from '../ids';
import { provide } from '../loader';
import { SidePanel } from './sidepanel';
import { IKerasTracker } from '../document/tokens';

/** Shows the inspector of each document while it is the current one. */
export const inspectorPlugin: JupyterFrontEndPlugin<void> = {
  id: 'kerasviz:inspector',
  description: 'Forms for layers, model and training in the right sidebar.',
  autoStart: true,
  requires: [IKerasTracker, ITranslator],
  optional: [IPropertyInspectorProvider],
  activate: (
    app: JupyterFrontEnd,
    tracker: IKerasTracker,
    translator: ITranslator,
    provider: IPropertyInspectorProvider | null
  ) => {
    if (provider) {
      inspect(app, tracker, provider);
      return;
    }
    const trans = translator.load('kerasviz');
    const panel = new SidePanel({
      tracker,
      id: INSPECTOR_ID,
      label: trans.__('Keras Model'),
      icon: settingsIcon,
      part: 'Inspector',
      empty: {
        title: trans.__('No Keras model'),
        text: trans.__('Open a Keras model to set the arguments of its layers.')
      }
    });
    app.shell.add(panel, 'right', { rank: 550, type: 'Keras Model' });
    // A shell whose sidebars are closed shows nowhere that there are forms.
    const show = () => {
      tracker.widgetAdded.disconnect(show);
      app.shell.activateById(panel.id);
    };
    tracker.widgetAdded.connect(show);
  }
};

function inspect(
  app: JupyterFrontEnd,
  tracker: IKerasTracker,
  provider: IPropertyInspectorProvider
): void {
  // Once in a session the forms show themselves; after that they are where the user wants them.
  let wasShown = false;
  let isStarted = false;
  void app.restored.then(() => {
    isStarted = true;
  });
  tracker.widgetAdded.connect((_, widget) => {
    const inspector = provider.register(widget);
    void widget.loaded.then(() => {
      const { editor } = widget.content;
      if (!editor) {
        return;
      }
      const { Inspector } = editor.components;
      const { commands } = app;
      const send = (command: string) =>
        commands.hasCommand(command)
          ? (code: string) => commands.execute(command, { code })
          : undefined;
      const content = ReactWidget.create(
        provide(
          editor,
          <Inspector
            onInsertCode={send(CommandIDs.insertCode)}
            onOpenCode={send(CommandIDs.openCode)}
          />
        )
      );
      content.addClass('jp-kerasviz-SidePanel');
      inspector.render(content);
      if (isStarted && !wasShown && app.shell.currentWidget === widget) {
        wasShown = true;
        inspector.showPanel();
      }
    });
  });
}
