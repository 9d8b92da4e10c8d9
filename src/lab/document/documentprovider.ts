import type { Contents, IContentProvider } from '@jupyterlab/services';
import { parseModel } from '../../core/document/source';

/** Reads and writes documents as the drive does, and marks a file that holds no Keras model as not writable. */
export class DocumentProvider implements IContentProvider {
  constructor(private readonly _drive: Contents.IDrive) {}

  async get(
    path: string,
    options?: Contents.IFetchOptions
  ): Promise<Contents.IModel> {
    const file = await this._drive.get(path, {
      ...options,
      contentProviderId: undefined
    });
    const isSafe = !file.content || isModel(file.content);
    return isSafe ? file : { ...file, writable: false };
  }

  save(
    path: string,
    options?: Contents.IContentProvisionOptions & Partial<Contents.IModel>
  ): Promise<Contents.IModel> {
    return this._drive.save(path, { ...options, contentProviderId: undefined });
  }
}

function isModel(text: string): boolean {
  try {
    parseModel(text);
    return true;
  } catch {
    return false;
  }
}
