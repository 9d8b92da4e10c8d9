import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { ICanvasHandle } from '../../editor';
import { ImportOffer } from './importoffer';
import { type ILoadedEditor, provide } from '../loader';

/** The main area of a document. */
export class EditorPanel extends ReactWidget {
  /** @param _onImport - Opens the file as the server reads it; null where that was done. */
  constructor(
    private readonly _trans: TranslationBundle,
    private readonly _onImport: (() => void) | null
  ) {
    super();
    this.addClass('jp-kerasviz-Panel');
    this.node.tabIndex = -1;
    // The keys of the Edit menu are for this panel, too.
    this.node.dataset.jpUndoer = 'true';
  }

  /** What the panel shows; null while it is being loaded. */
  get editor(): ILoadedEditor | null {
    return this._editor;
  }
  set editor(editor: ILoadedEditor | null) {
    this._editor = editor;
    this.update();
  }

  /** The view of the canvas, for commands; null while there is none. */
  get canvas(): ICanvasHandle | null {
    return this._canvas;
  }

  protected render(): React.ReactElement {
    if (!this._editor) {
      return (
        <div className="jp-kerasviz-Panel-loading" role="status">
          {this._trans.__('Loading…')}
        </div>
      );
    }
    const { EditorView } = this._editor.components;
    return provide(
      this._editor,
      <>
        <ImportOffer
          components={this._editor.components}
          onImport={this._onImport}
        />
        <EditorView onCanvas={this._onCanvas} />
      </>
    );
  }

  private _onCanvas = (canvas: ICanvasHandle | null): void => {
    this._canvas = canvas;
  };

  private _canvas: ICanvasHandle | null = null;
  private _editor: ILoadedEditor | null = null;
}
