/** The document type: its files, its model, its widget and what is remembered of it. */
import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import {
  createToolbarFactory,
  ISessionContextDialogs,
  type ISessionContext,
  IToolbarWidgetRegistry,
  SessionContextDialogs,
  WidgetTracker
} from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator } from '@jupyterlab/translation';
// The core comes with the model anyway.
// eslint-disable-next-line jupyter/prefer-lazy-imports
import { translateWith } from '../../core';
import { SETTINGS } from '../ids';
import { showForms } from '../showforms';
import { registerFileTypes } from './filetypes';
// JupyterLab wants factories at once; the editor itself is loaded when a document opens.
// eslint-disable-next-line jupyter/prefer-lazy-imports
import { KerasModelFactory } from './modelfactory';
import { addToolbarItems } from './toolbaritems';
import { IKerasTracker } from './tokens';
import type { KerasWidget } from './keraswidget';
// eslint-disable-next-line jupyter/prefer-lazy-imports
import { factoryOptions, KerasWidgetFactory } from './widgetfactory';

/** Makes Keras models documents of JupyterLab. */
export const documentPlugin: JupyterFrontEndPlugin<IKerasTracker> = {
  id: SETTINGS,
  description: 'Opens Keras models in an editor.',
  autoStart: true,
  provides: IKerasTracker,
  requires: [ITranslator, IDocumentManager],
  optional: [
    ILayoutRestorer,
    IToolbarWidgetRegistry,
    ISettingRegistry,
    ISessionContextDialogs
  ],
  activate: (
    app: JupyterFrontEnd,
    translator: ITranslator,
    manager: IDocumentManager,
    restorer: ILayoutRestorer | null,
    toolbars: IToolbarWidgetRegistry | null,
    settings: ISettingRegistry | null,
    sessionDialogs: ISessionContext.IDialogs | null
  ): IKerasTracker => {
    const trans = translator.load('kerasviz');
    translateWith(trans);
    const dialogs = sessionDialogs ?? new SessionContextDialogs({ translator });
    const tracker = new WidgetTracker<KerasWidget>({ namespace: 'kerasviz' });
    registerFileTypes(app.docRegistry, trans);

    for (const options of factoryOptions(trans)) {
      const { name, modelName = name } = options;
      app.docRegistry.addModelFactory(new KerasModelFactory(modelName));
      const factory = new KerasWidgetFactory(
        {
          ...options,
          translator,
          toolbarFactory:
            toolbars && settings
              ? createToolbarFactory(
                  toolbars,
                  settings,
                  name,
                  SETTINGS,
                  translator
                )
              : undefined
        },
        dialogs,
        (path, factory) =>
          void app.commands.execute('docmanager:open', { path, factory }),
        manager,
        () => void showForms(app)
      );
      if (toolbars) {
        addToolbarItems(toolbars, name, {
          translator,
          dialogs
        });
      }
      factory.widgetCreated.connect((_, widget) => {
        widget.context.pathChanged.connect(() => void tracker.save(widget));
        void tracker.add(widget);
      });
      app.docRegistry.addWidgetFactory(factory);
    }

    if (restorer) {
      void restorer.restore(tracker, {
        command: 'docmanager:open',
        args: ({ context, factoryName }) => ({
          path: context.path,
          factory: factoryName
        }),
        name: ({ context, factoryName }) => `${factoryName}:${context.path}`
      });
    }
    return tracker;
  }
};
