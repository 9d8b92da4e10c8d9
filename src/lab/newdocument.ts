/** Makes new documents. */
import type { Contents } from '@jupyterlab/services';

/** Writes a text into a new file with a free name in a folder, and gives its path. */
export async function newDocument(
  contents: Contents.IManager,
  folder: string,
  text: string,
  ext = '.keras.json'
): Promise<string> {
  const { path } = await contents.newUntitled({
    path: folder,
    type: 'file',
    ext
  });
  await contents.save(path, { type: 'file', format: 'text', content: text });
  return path;
}
