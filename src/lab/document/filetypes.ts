/** The files that hold Keras models. */
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import { kerasvizIcon } from '../icons';

/** Makes the file types known to JupyterLab. */
export function registerFileTypes(
  registry: DocumentRegistry,
  trans: TranslationBundle
): void {
  registry.addFileType({
    name: 'kerasviz',
    displayName: trans.__('Keras Model'),
    extensions: ['.keras.json'],
    mimeTypes: ['application/json'],
    fileFormat: 'text',
    contentType: 'file',
    icon: kerasvizIcon
  });
  registry.addFileType({
    name: 'kerasviz-file',
    displayName: trans.__('Keras Model File'),
    extensions: ['.keras', '.h5', '.hdf5'],
    mimeTypes: ['application/octet-stream'],
    fileFormat: 'base64',
    contentType: 'file',
    icon: kerasvizIcon
  });
}
