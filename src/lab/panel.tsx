import { ReactWidget } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ICanvasHandle } from '../editor';
import { type ILoadedEditor, provide } from './loader';
import type { KerasModel } from './model';

/** The main area of a document: the editor, or why there is none. */
export class EditorPanel extends ReactWidget {
  constructor(
    private readonly _document: KerasModel,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('jp-kerasviz-Panel');
    this.node.tabIndex = -1;
    this.node.dataset.jpUndoer = 'true';
    this._document.stateChanged.connect(this.update, this);
    this._document.contentChanged.connect(this._onContentChanged, this);
  }

  /** What the panel shows; null while it is being loaded. */
  get editor(): ILoadedEditor | null {
    return this._editor;
  }
  set editor(editor: ILoadedEditor | null) {
    this._editor = editor;
    this.update();
  }

  /** The view of the canvas, for the toolbar; null while there is none. */
  get canvas(): ICanvasHandle | null {
    return this._canvas;
  }

  protected render(): React.ReactElement {
    const { error } = this._document.sharedModel;
    if (this._editor && error !== null) {
      return <DocumentError message={error} trans={this._trans} />;
    }
    if (!this._editor) {
      return (
        <div className="jp-kerasviz-Panel-loading" role="status">
          {this._trans.__('Loading…')}
        </div>
      );
    }
    const { EditorView } = this._editor.components;
    return provide(this._editor, <EditorView onHandle={this._onHandle} />);
  }

  private _onContentChanged(): void {
    const hasError = this._document.sharedModel.error !== null;
    if (hasError !== this._hadError) {
      this._hadError = hasError;
      this.update();
    }
  }

  private _onHandle = (handle: ICanvasHandle | null): void => {
    this._canvas = handle;
  };

  private _canvas: ICanvasHandle | null = null;
  private _editor: ILoadedEditor | null = null;
  private _hadError = false;
}

interface IDocumentErrorProps {
  message: string;
  trans: TranslationBundle;
}

/** Says why a file does not open, and that it is safe. */
function DocumentError(props: IDocumentErrorProps): React.ReactElement {
  const { message, trans } = props;
  return (
    <div className="jp-kerasviz-DocumentError" role="alert">
      <h2>{trans.__('This file does not open as a Keras model')}</h2>
      <p>{message}</p>
      <p>
        {trans.__(
          'It stays on disk as it is: nothing will be written to it from here. To look at its text, close this tab and choose Open With > Editor in the file browser.'
        )}
      </p>
    </div>
  );
}
