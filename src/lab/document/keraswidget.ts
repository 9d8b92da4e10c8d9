import type { ISessionContext } from '@jupyterlab/apputils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import { type DocumentRegistry, DocumentWidget } from '@jupyterlab/docregistry';
import type { ITranslator } from '@jupyterlab/translation';
import { nullTranslator } from '@jupyterlab/translation';
import { PromiseDelegate } from '@lumino/coreutils';
import { EditorModel } from '../../core';
import { commitField } from '../commitfield';
import { leaveComms } from '../kernel/commhandling';
import { KernelSession } from '../kernel/kernelsession';
import { loadEditor } from '../loader';
import type { KerasModel } from './kerasmodel';
import { EditorPanel } from './editorpanel';

/** A Keras document in JupyterLab's main area. */
export class KerasWidget extends DocumentWidget<EditorPanel, KerasModel> {
  constructor(options: KerasWidget.IOptions) {
    const translator = options.translator ?? nullTranslator;
    super({
      ...options,
      content: new EditorPanel(translator.load('kerasviz'), options.onImport)
    });
    this.addClass('jp-kerasviz-Document');
    leaveComms(this.context.sessionContext);
    this._translator = translator;
    this.factoryName = options.factoryName;
    this._dialogs = options.dialogs;
    this._manager = options.manager;
    this._showForms = options.showForms;
    this.context.saveState.connect(this._onSaveState, this);
    void this._load();
  }

  /** Name of the widget factory that opened the document. */
  readonly factoryName: string;

  /** What the views of this document share; null until the editor is loaded. */
  get editor(): EditorModel | null {
    return this.content.editor?.model ?? null;
  }

  /** What the views share, once it is there: at once in a second view of a document, so no signal could tell. */
  get loaded(): Promise<EditorModel> {
    return this._loaded.promise;
  }

  /** Takes note of whether somebody else in the page is restarting a kernel, which may be this document's. */
  setRestarting(kernel: string, isRestarting: boolean): void {
    if (kernel === this.context.sessionContext.session?.kernel?.id) {
      this._session?.setRestarting(isRestarting);
    }
  }

  dispose(): void {
    if (this.isDisposed) {
      return;
    }
    const editor = this.editor;
    super.dispose();
    this._session?.dispose();
    editor?.dispose();
  }

  private async _load(): Promise<void> {
    const [editor] = await Promise.all([
      loadEditor(this._translator, this._manager, this._showForms),
      this.context.ready
    ]);
    if (this.isDisposed) {
      return;
    }
    const { context } = this;
    const model = new EditorModel({
      document: context.model.sharedModel,
      catalog: editor.catalog,
      path: context.localPath
    });
    context.pathChanged.connect(this._onEditorPathChanged, this);
    this._session = new KernelSession({
      sessionContext: context.sessionContext,
      dialogs: this._dialogs,
      model,
      trans: this._translator.load('kerasviz')
    });
    this.content.editor = { ...editor, model };
    this._loaded.resolve(model);
  }

  private _onSaveState(_: unknown, state: DocumentRegistry.SaveState): void {
    if (state === 'started') {
      commitField();
    }
  }

  private _onEditorPathChanged(): void {
    if (this.editor) {
      this.editor.path = this.context.localPath;
    }
  }

  private _dialogs: ISessionContext.IDialogs;
  private _manager: IDocumentManager;
  private _showForms: () => void;
  private _translator: ITranslator;
  private _session: KernelSession | null = null;
  private _loaded = new PromiseDelegate<EditorModel>();
}

export namespace KerasWidget {
  export interface IOptions extends Omit<
    DocumentWidget.IOptionsOptionalContent<EditorPanel, KerasModel>,
    'content'
  > {
    /** Lets a person choose files. */
    manager: IDocumentManager;
    /** Brings the forms into sight. */
    showForms(): void;
    /** Name of the widget factory, to open the document the same way again. */
    factoryName: string;
    /** Asks for a kernel. */
    dialogs: ISessionContext.IDialogs;
    /** Opens the file as the server reads it; null where that was done. */
    onImport: (() => void) | null;
  }
}
