import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { Contents } from '@jupyterlab/services';
import type { KerasDocument } from '../../core';
import { KerasModel } from './kerasmodel';

/** Makes the model of an open Keras document. */
export class KerasModelFactory implements DocumentRegistry.IModelFactory<
  KerasModel,
  KerasDocument
> {
  /** @param name - Files that are read in different ways need factories of different names. */
  constructor(readonly name: string) {}

  readonly contentType: Contents.ContentType = 'file';
  readonly fileFormat: Contents.FileFormat = 'text';
  readonly collaborative = true;

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
  }

  preferredLanguage(): string {
    return 'python';
  }

  createNew(
    options: DocumentRegistry.IModelOptions<KerasDocument> = {}
  ): KerasModel {
    return new KerasModel(options);
  }

  private _isDisposed = false;
}
