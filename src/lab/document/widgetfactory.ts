import {
  ABCWidgetFactory,
  type DocumentRegistry
} from '@jupyterlab/docregistry';
import type { ISessionContext } from '@jupyterlab/apputils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { TranslationBundle } from '@jupyterlab/translation';
import { kerasvizIcon } from '../icons';
import {
  DOCUMENT_FACTORY,
  DOCUMENT_PROVIDER,
  IMPORT_FACTORY,
  IMPORT_PROVIDER
} from '../ids';
import type { KerasModel } from './kerasmodel';
import { guardSaveAs } from './saveas';
import { KerasWidget } from './keraswidget';

/**
 * The two ways to open a model. Opening starts no kernel; one that runs already for the document is used again.
 *
 * @param trans - For the names in the Open With menu.
 */
export function factoryOptions(
  trans: TranslationBundle
): DocumentRegistry.IWidgetFactoryOptions<KerasWidget>[] {
  const common = {
    canStartKernel: true,
    preferKernel: false
  };
  return [
    {
      ...common,
      name: DOCUMENT_FACTORY,
      label: trans.__('Keras Model'),
      fileTypes: ['kerasviz', 'json'],
      defaultFor: ['kerasviz'],
      modelName: 'kerasviz',
      contentProviderId: DOCUMENT_PROVIDER
    },
    {
      ...common,
      name: IMPORT_FACTORY,
      label: trans.__('Keras Model (import)'),
      fileTypes: ['kerasviz-file', 'json', 'yaml'],
      defaultFor: ['kerasviz-file'],
      modelName: 'kerasviz-import',
      contentProviderId: IMPORT_PROVIDER
    }
  ];
}

/** Makes the widget of an open Keras document. */
export class KerasWidgetFactory extends ABCWidgetFactory<
  KerasWidget,
  KerasModel
> {
  constructor(
    options: DocumentRegistry.IWidgetFactoryOptions<KerasWidget>,
    private readonly _dialogs: ISessionContext.IDialogs,
    private readonly _open: (path: string, factory: string) => void,
    private readonly _manager: IDocumentManager,
    private readonly _showForms: () => void
  ) {
    super(options);
  }

  protected createNewWidget(
    context: DocumentRegistry.IContext<KerasModel>
  ): KerasWidget {
    const widget = new KerasWidget({
      context,
      translator: this.translator,
      factoryName: this.name,
      dialogs: this._dialogs,
      manager: this._manager,
      showForms: this._showForms,
      onImport:
        this.name === IMPORT_FACTORY
          ? null
          : () => this._open(context.path, IMPORT_FACTORY)
    });
    widget.title.icon = kerasvizIcon;
    const trans = this.translator.load('kerasviz');
    guardSaveAs(context, this._manager.services.contents, trans);
    return widget;
  }
}
