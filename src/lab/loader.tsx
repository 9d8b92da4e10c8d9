/** Loads the editor when the first document opens, so that JupyterLab's start does not wait for it. */
import { Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { ITranslator } from '@jupyterlab/translation';
import type { IFormComponentProps } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { CatalogIndex, EditorModel, ICatalog } from '../core';
import { choosePath } from './choosepath';
import { DOCUMENT_FACTORY } from './ids';
import { newDocument } from './newdocument';
import type { IFormProps, IHost, INoticeAction, IPlotly } from '../editor';

/** The editor's components, what they need of JupyterLab, and the catalogue that ships with kerasviz. */
export interface IEditorModule {
  readonly components: typeof import('../editor');
  readonly host: IHost;
  readonly catalog: CatalogIndex;
}

/** A document's editor: the components and the model that they show. */
export interface ILoadedEditor extends IEditorModule {
  readonly model: EditorModel;
}

let module: Promise<IEditorModule> | null = null;

/** The editor; it is fetched once. */
export function loadEditor(
  translator: ITranslator,
  manager: IDocumentManager,
  showForms: () => void
): Promise<IEditorModule> {
  module ??= Private.load(translator, manager, showForms).catch(reason => {
    module = null;
    throw reason;
  });
  return module;
}

/** A part of the editor, with its document and JupyterLab around it. */
export function provide(
  editor: ILoadedEditor,
  child: React.ReactNode
): React.ReactElement {
  const { HostContext, ModelContext } = editor.components;
  return (
    <HostContext.Provider value={editor.host}>
      <ModelContext.Provider value={editor.model}>
        {child}
      </ModelContext.Provider>
    </HostContext.Provider>
  );
}

namespace Private {
  export async function load(
    translator: ITranslator,
    manager: IDocumentManager,
    showForms: () => void
  ): Promise<IEditorModule> {
    const [components, core, catalog, ui, validator] = await Promise.all([
      import('../editor'),
      import('../core'),
      import('../core/catalog/catalog.json'),
      import('@jupyterlab/ui-components'),
      import('@rjsf/validator-ajv8')
    ]);
    const Form: React.ComponentType<IFormProps> = props => (
      <ui.FormComponent
        {...(props as IFormComponentProps)}
        validator={validator.default as IFormComponentProps['validator']}
        translator={translator}
        compact
      />
    );
    return {
      components,
      catalog: new core.CatalogIndex(catalog.default as unknown as ICatalog),
      host: {
        trans: translator.load('kerasviz'),
        Form,
        showForms,
        notify,
        choosePath: (kind, document, title) =>
          choosePath(manager, translator, kind, document, title),
        openDocument: async (text, document) => {
          const { contents } = manager.services;
          const folder = PathExt.dirname(document);
          const path = await newDocument(contents, folder, text);
          manager.openOrReveal(path, DOCUMENT_FACTORY);
        },
        openScript: async (code, document) => {
          const { contents } = manager.services;
          const folder = PathExt.dirname(document);
          const path = await newDocument(contents, folder, code, '.py');
          manager.openOrReveal(path);
        },
        assets: { plotly }
      }
    };
  }

  function notify(message: string, action: INoticeAction): () => void {
    const id = Notification.info(message, {
      autoClose: false,
      actions: [{ label: action.label, callback: () => action.run() }]
    });
    return () => Notification.dismiss(id);
  }

  async function plotly(): Promise<IPlotly> {
    const { default: plotly } = await import('plotly.js-basic-dist-min');
    return plotly;
  }
}
