/** Lets a person choose data from the disk, in JupyterLab's own dialog. */
import { PathExt } from '@jupyterlab/coreutils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { ITranslator } from '@jupyterlab/translation';
import type { PathKind } from '../editor';

/**
 * Gives a path relative to the folder of the document; null where none was chosen.
 *
 * @param document - Path of the document, in its drive.
 * @param title - Of the dialog.
 */
export async function choosePath(
  manager: IDocumentManager,
  translator: ITranslator,
  kind: PathKind,
  document: string,
  title: string
): Promise<string | null> {
  const { FileDialog } = await import('@jupyterlab/filebrowser');
  const folder = PathExt.dirname(document);
  const options = { manager, translator, defaultPath: folder, title };
  const { button, value } =
    kind === 'file'
      ? await FileDialog.getOpenFiles(options)
      : await FileDialog.getExistingDirectory(options);
  if (!button.accept || !value?.[0]) {
    return null;
  }
  const path = manager.services.contents.localPath(value[0].path);
  return PathExt.relative(folder, path) || '.';
}
