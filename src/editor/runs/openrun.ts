import type { EditorModel } from '../../core';
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
