/** @jest-environment node */
import { Drive, ServerConnection } from '@jupyterlab/services';
import { KerasDocument } from '../../../core';
import { DocumentProvider } from '../documentprovider';

/** A drive whose server holds one file. */
function drive(content: string): Drive {
  const serverSettings = ServerConnection.makeSettings({
    baseUrl: 'http://localhost/',
    fetch: async () =>
      new Response(
        JSON.stringify({
          name: 'net.keras.json',
          path: 'net.keras.json',
          type: 'file',
          writable: true,
          created: '2026-01-01T00:00:00Z',
          last_modified: '2026-01-01T00:00:00Z',
          mimetype: 'application/json',
          format: 'text',
          content
        })
      )
  });
  return new Drive({ serverSettings });
}

const read = (content: string) =>
  new DocumentProvider(drive(content)).get('net.keras.json', {
    content: true,
    contentProviderId: 'kerasviz'
  });

describe('DocumentProvider', () => {
  it('leaves a model and an empty file writable', async () => {
    const source = KerasDocument.emptySource('net');
    expect(await read(source)).toMatchObject({
      writable: true,
      content: source
    });
    expect((await read('')).writable).toBe(true);
  });

  it('marks what is no model as not writable, with its text unharmed', async () => {
    const text = '{"class_name": "Sequen';
    expect(await read(text)).toMatchObject({ writable: false, content: text });
  });
});
