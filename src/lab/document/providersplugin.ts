/** How the text of documents comes from files, and goes there. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { type Contents, IDefaultDrive } from '@jupyterlab/services';
import { ITranslator } from '@jupyterlab/translation';
// The drive must know its providers before a document is restored.
// eslint-disable-next-line jupyter/prefer-lazy-imports
import { DocumentProvider } from './documentprovider';
import { DOCUMENT_PROVIDER, IMPORT_PROVIDER } from '../ids';
import { ImportProvider } from './importprovider';

/** Adds the content providers to the default drive. */
export const providersPlugin: JupyterFrontEndPlugin<void> = {
  id: 'kerasviz:providers',
  description: 'Reads Keras models from files of any format and age.',
  autoStart: true,
  requires: [IDefaultDrive, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    drive: Contents.IDrive,
    translator: ITranslator
  ) => {
    const registry = drive.contentProviderRegistry;
    const { serverSettings } = app.serviceManager;
    const trans = translator.load('kerasviz');
    registry?.register(DOCUMENT_PROVIDER, new DocumentProvider(drive));
    registry?.register(
      IMPORT_PROVIDER,
      new ImportProvider(drive, serverSettings, trans)
    );
  }
};
