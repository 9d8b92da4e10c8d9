/** The forms of a document, in JupyterLab's property inspector. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IPropertyInspectorProvider } from '@jupyterlab/property-inspector';
import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';
import { CommandIDs } from './ids';
import { provide } from './loader';
import { IKerasTracker } from './tokens';

/** Shows the inspector of each document while it is the current one. */
export const inspectorPlugin: JupyterFrontEndPlugin<void> = {
  id: 'kerasviz:inspector',
  description:
    'Forms for layers, model and training in the property inspector.',
  autoStart: true,
  requires: [IKerasTracker, IPropertyInspectorProvider],
  activate: (
    app: JupyterFrontEnd,
    tracker: IKerasTracker,
    provider: IPropertyInspectorProvider
  ) => {
    // Once in a session the forms show themselves; after that they are where the user wants them.
    let wasShown = false;
    let isStarted = false;
    void app.restored.then(() => {
      isStarted = true;
    });
    const { commands } = app;
    const insertCode = commands.hasCommand(CommandIDs.insertCode)
      ? (code: string) => commands.execute(CommandIDs.insertCode, { code })
      : undefined;
    tracker.widgetAdded.connect((_, widget) => {
      const inspector = provider.register(widget);
      widget.loaded.connect(() => {
        const { editor } = widget.content;
        if (editor) {
          const { Inspector } = editor.components;
          const content = ReactWidget.create(
            provide(editor, <Inspector onInsertCode={insertCode} />)
          );
          content.addClass('jp-kerasviz-InspectorPanel');
          inspector.render(content);
          if (isStarted && !wasShown) {
            wasShown = true;
            inspector.showPanel();
          }
        }
      });
    });
  }
};
