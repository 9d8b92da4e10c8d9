/** @jest-environment node */
import { Drive, ServerConnection } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import { english, translateWith } from '../../../core';
import { ImportProvider } from '../importprovider';

/** A server that has one file, and answers the request for its document like this. */
function provider(status: number, answer: object): ImportProvider {
  const settings = ServerConnection.makeSettings({
    baseUrl: 'http://localhost/',
    fetch: async request =>
      (request as Request).url.includes('kerasviz/document')
        ? new Response(JSON.stringify(answer), { status })
        : new Response(
            JSON.stringify({
              name: 'old.h5',
              path: 'old.h5',
              type: 'file',
              writable: true,
              created: '2026-01-01T00:00:00Z',
              last_modified: '2026-01-01T00:00:00Z',
              mimetype: null,
              format: null,
              content: null
            })
          )
  });
  return new ImportProvider(
    new Drive({ serverSettings: settings }),
    settings,
    nullTranslator.load('kerasviz')
  );
}

describe('ImportProvider', () => {
  afterEach(() => translateWith(english));

  it('says in the language of the page why a file was refused', async () => {
    translateWith({
      ...english,
      __: text =>
        text === 'Layer {layer}: {reason}'
          ? 'In Schicht {layer}: {reason}'
          : text.toUpperCase()
    });
    const message = {
      text: 'Layer {layer}: {reason}',
      args: { layer: "'100% {b}'", reason: { text: 'No code.', args: {} } }
    };
    await expect(
      provider(422, { message, layer: null }).get('old.h5')
    ).rejects.toThrow("In Schicht '100% {b}': NO CODE.");
    await expect(
      provider(501, { message: 'Not here.' }).get('old.h5')
    ).rejects.toThrow('NOT HERE.');
  });

  it('gives the document of a file as the server wrote it, not to be written', async () => {
    const document = '{\n  "scale": 127.0\n}';
    const file = await provider(200, { document, report: [] }).get('old.h5');
    expect(file).toMatchObject({ content: document, writable: false });
  });
});
