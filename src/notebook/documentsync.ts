import type { IDisposable } from '@lumino/disposable';
import type { KerasDocument } from '../core';
import type { WidgetModel } from './traits';

/** Milliseconds that edits are gathered before they are sent. */
const DELAY = 200;

/** Keeps a document and the widget's `_document` trait the same. */
export class DocumentSync implements IDisposable {
  constructor(document: KerasDocument, model: WidgetModel) {
    this._document = document;
    this._model = model;
    this._pull();
    document.changed.connect(this._onEdited, this);
    model.on('change:_document', this._pull);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this.flush();
    this._document.changed.disconnect(this._onEdited, this);
    this._model.off('change:_document', this._pull);
  }

  /** Sends what is edited and not sent yet. */
  flush(): void {
    clearTimeout(this._timer);
    this._timer = undefined;
    const source = this._document.getSource();
    if (source !== this._model.get('_document')) {
      this._model.set('_document', source);
      this._model.set('_edited', true);
      this._model.save_changes();
    }
  }

  /** Takes the document from Python over; our own text comes back here too and changes nothing. */
  private readonly _pull = () => {
    const source = this._model.get('_document');
    if (source !== this._document.getSource()) {
      this._document.setSource(source);
    }
  };

  private _onEdited(): void {
    clearTimeout(this._timer);
    this._timer = setTimeout(() => this.flush(), DELAY);
  }

  private readonly _document: KerasDocument;
  private readonly _model: WidgetModel;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _isDisposed = false;
}
