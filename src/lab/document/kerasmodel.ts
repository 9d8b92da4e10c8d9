import type { IChangedArgs } from '@jupyterlab/coreutils';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { PartialJSONValue } from '@lumino/coreutils';
import { type ISignal, Signal } from '@lumino/signaling';
import { KerasDocument, type IKerasDocumentChange } from '../../core';

/**
 * A `KerasDocument` as JupyterLab's document manager wants it.
 *
 * A text that is no Keras model is never written: `toString` throws, so that saving fails with the reason.
 */
export class KerasModel implements DocumentRegistry.IModel {
  constructor(options: DocumentRegistry.IModelOptions<KerasDocument> = {}) {
    this.sharedModel = options.sharedModel ?? KerasDocument.create();
    this.collaborative = !!options.collaborationEnabled;
    this.sharedModel.changed.connect(this._onChanged, this);
  }

  readonly sharedModel: KerasDocument;
  readonly collaborative: boolean;
  readonly defaultKernelName = '';
  readonly defaultKernelLanguage = 'python';

  /** True while the document differs from its file. */
  get dirty(): boolean {
    return this.sharedModel.dirty;
  }
  set dirty(value: boolean) {
    if (value !== this.dirty) {
      this.sharedModel.dirty = value;
    }
  }

  /** True while the file can't be edited: its text is no Keras model. */
  get readOnly(): boolean {
    return this._readOnly;
  }
  set readOnly(newValue: boolean) {
    const oldValue = this._readOnly;
    if (newValue !== oldValue) {
      this._readOnly = newValue;
      this._stateChanged.emit({ name: 'readOnly', oldValue, newValue });
    }
  }

  get contentChanged(): ISignal<this, void> {
    return this._contentChanged;
  }

  get stateChanged(): ISignal<
    this,
    IChangedArgs<unknown, unknown, 'dirty' | 'readOnly' | string>
  > {
    return this._stateChanged;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this.sharedModel.changed.disconnect(this._onChanged, this);
    Signal.clearData(this);
  }

  initialize(): void {
    // Everything comes with the text.
  }

  /**
   * The text of the file.
   *
   * @throws Error when the text that was read is no Keras model.
   */
  toString(): string {
    if (this.sharedModel.error) {
      throw new Error(this.sharedModel.error);
    }
    return this.sharedModel.getSource();
  }

  fromString(value: string): void {
    this.sharedModel.setSource(value);
    this.dirty = false;
    this.readOnly = this.sharedModel.error !== null;
  }

  toJSON(): PartialJSONValue {
    return JSON.parse(this.toString());
  }

  fromJSON(value: PartialJSONValue): void {
    this.fromString(JSON.stringify(value, null, 2));
  }

  private _onChanged(_: KerasDocument, change: IKerasDocumentChange): void {
    if (change.sourceChange) {
      this.dirty = true;
      this._contentChanged.emit();
    }
    for (const state of change.stateChange ?? []) {
      const { name, oldValue, newValue } = state;
      if (oldValue !== newValue) {
        this._stateChanged.emit({ name, oldValue, newValue });
      }
    }
  }

  private _isDisposed = false;
  private _readOnly = false;
  private _contentChanged = new Signal<this, void>(this);
  private _stateChanged = new Signal<this, IChangedArgs<unknown>>(this);
}
