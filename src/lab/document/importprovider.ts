import { URLExt } from '@jupyterlab/coreutils';
import {
  type Contents,
  type IContentProvider,
  ServerConnection
} from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IModelFile } from '../../core';
import { say, type Sentence } from '../../core/translation';

/** Reads model files through kerasviz' server extension; they are never written. */
export class ImportProvider implements IContentProvider {
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
      const { tellChanges } = await import('./importreport');
      tellChanges(file.name, report, this._trans);
    }
    return {
      ...file,
      writable: false,
      format: 'text',
      mimetype: 'application/json',
      content: document
    };
  }

  save(path: string): Promise<Contents.IModel> {
    return Promise.reject(
      new Error(
        this._trans.__(
          'The editor can’t write %1. Use "Save Keras Model File As…" with the extension .keras.json, or "Save Trained Model…".',
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
      throw await refusal(response);
    }
    return response.json();
  }
}

/** Why the server refused a file, in the language of the page. */
async function refusal(response: Response): Promise<Error> {
  const answer: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  if (!isRefusal(answer)) {
    return ServerConnection.ResponseError.create(response);
  }
  // Where the server gave up as any server does, the answer holds no more than the text.
  const message =
    typeof answer.message === 'string'
      ? { text: answer.message, args: {} }
      : answer.message;
  return new ServerConnection.ResponseError(response, say(message));
}

function isRefusal(answer: unknown): answer is { message: Sentence } {
  return typeof answer === 'object' && answer !== null && 'message' in answer;
}
