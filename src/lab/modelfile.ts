/** Opens model files as the documents that they hold. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import { URLExt } from '@jupyterlab/coreutils';
import {
  type Contents,
  type IContentProvider,
  IDefaultDrive,
  ServerConnection
} from '@jupyterlab/services';
import { ITranslator, type TranslationBundle } from '@jupyterlab/translation';
import type { IModelJSON } from '../core';
import { CONTENT_PROVIDER } from './ids';

/** What the server answers. */
interface IModelFile {
  document: IModelJSON;
  /** What was changed to bring the model up to date, for people. */
  report: string[];
}

/** Lets the default drive read model files. */
export const modelFilePlugin: JupyterFrontEndPlugin<void> = {
  id: 'kerasviz:model-file',
  description: 'Opens .keras and .h5 files as Keras models.',
  autoStart: true,
  requires: [IDefaultDrive, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    drive: Contents.IDrive,
    translator: ITranslator
  ) => {
    drive.contentProviderRegistry?.register(
      CONTENT_PROVIDER,
      new ModelFileProvider(
        drive,
        app.serviceManager.serverSettings,
        translator.load('kerasviz')
      )
    );
  }
};

/** Reads model files through kerasviz' server extension; they are never written. */
class ModelFileProvider implements IContentProvider {
  constructor(
    private readonly _drive: Contents.IDrive,
    private readonly _settings: ServerConnection.ISettings,
    private readonly _trans: TranslationBundle
  ) {}

  async get(
    path: string,
    options?: Contents.IFetchOptions
  ): Promise<Contents.IModel> {
    const file = await this._drive.get(path, { type: 'file', content: false });
    if (options?.content === false) {
      return { ...file, writable: false };
    }
    const { document, report } = await this._read(path);
    if (report.length > 0) {
      Notification.info(
        this._trans.__(
          '%1 was brought up to today’s Keras: %2',
          file.name,
          report.join(' ')
        ),
        { autoClose: false }
      );
    }
    return {
      ...file,
      writable: false,
      format: 'text',
      mimetype: 'application/json',
      content: JSON.stringify(document, null, 2)
    };
  }

  save(path: string): Promise<Contents.IModel> {
    return Promise.reject(
      new Error(
        this._trans.__(
          '%1 is not written by the editor. Use "Save As…" with a name that ends in .keras.json, or "Save Keras Model with Weights…".',
          path
        )
      )
    );
  }

  private async _read(path: string): Promise<IModelFile> {
    const url =
      URLExt.join(this._settings.baseUrl, 'kerasviz', 'document') +
      URLExt.objectToQueryString({ path });
    const response = await ServerConnection.makeRequest(
      url,
      {},
      this._settings
    );
    if (!response.ok) {
      throw await ServerConnection.ResponseError.create(response);
    }
    return response.json();
  }
}
