import type { EditorModel } from '../../core';
import { download } from '../download';
import type { IHost } from '../host';

/**
 * Opens the model and the plan of a run as a new document; where the host has documents.
 *
 * @throws Error, for people, when it can't be done.
 */
export async function openRun(
  { path, runs }: EditorModel,
  { openDocument }: IHost,
  id: string
): Promise<void> {
  const { document } = await runs.ask('run_document', { id });
  await openDocument?.(document, path);
}

/**
 * Opens the script that repeats a run; where the host opens no scripts, it is a file to keep.
 *
 * @throws Error, for people, when it can't be done.
 */
export async function openRunCode(
  { path, runs }: EditorModel,
  { openScript }: IHost,
  id: string
): Promise<void> {
  const { file, mimetype, content } = await runs.ask('run_code', { id });
  if (openScript) {
    await openScript(content, path);
  } else {
    download(new Blob([content], { type: mimetype }), file);
  }
}
