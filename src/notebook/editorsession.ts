import type { IDisposable } from '@lumino/disposable';
import { CatalogIndex, EditorModel, KerasDocument, trans } from '../core';
import type { ICatalog, IModelJSON } from '../core';
import { Connection, noKernel } from './connection';
import { DocumentSync } from './documentsync';
import type { WidgetModel } from './traits';

/** Milliseconds after which a silent kernel is spoken of: it may be busy with a cell. */
const PATIENCE = 5000;

/** What the kernel has not sent yet. */
const NO_CATALOG: ICatalog = {
  keras: '',
  hash: '',
  layers: [],
  operations: [],
  optimizers: [],
  initializers: [],
  regularizers: [],
  constraints: [],
  activations: [],
  dtypes: [],
  dtype_policies: [],
  schedules: [],
  losses: [],
  metrics: [],
  callbacks: [],
  fit: { properties: {} },
  compile: { properties: {} },
  data: [],
  splits: [],
  preparation: [],
  strategies: [],
  places: []
};

/** One `kerasviz.Editor` on a page: its document and its kernel, shared by all its views. */
export class EditorSession implements IDisposable {
  constructor(private readonly _model: WidgetModel) {
    const document = KerasDocument.create();
    this._sync = new DocumentSync(document, _model);
    this.editor = new EditorModel({
      document,
      catalog: new CatalogIndex(NO_CATALOG),
      path: ''
    });
    this.connection = new Connection(_model);
    this.connection.changed.connect(this._attach, this);
    this._attach();
  }

  readonly editor: EditorModel;
  readonly connection: Connection;

  /** What is drawn, where somebody changed what Python gave; null where nobody did. */
  get drawn(): IModelJSON | null {
    return this._model.get('_edited') ? this.editor.document.model : null;
  }

  get isDisposed(): boolean {
    return this.editor.isDisposed;
  }

  dispose(): void {
    if (!this.isDisposed) {
      clearTimeout(this._patience);
      this._sync.dispose();
      this.editor.dispose();
      this.editor.document.dispose();
      this.connection.dispose();
    }
  }

  private _attach(): void {
    const { client } = this.connection;
    clearTimeout(this._patience);
    this.editor.kernel.attach(client);
    if (client) {
      this._patience = setTimeout(() => this._explainSilence(), PATIENCE);
    } else {
      this.editor.kernel.setStatus({
        state: 'dead',
        message: noKernel(),
        hello: null
      });
    }
  }

  private _explainSilence(): void {
    if (this.editor.kernel.status.state === 'connecting') {
      this.editor.kernel.setStatus({
        state: 'connecting',
        message: trans.__(
          'The kernel does not respond. If no cell is running, run this cell again.'
        ),
        hello: null
      });
    }
  }

  private readonly _sync: DocumentSync;
  private _patience: ReturnType<typeof setTimeout> | undefined;
}
