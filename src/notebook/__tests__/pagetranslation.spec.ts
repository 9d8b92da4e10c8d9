/** @jest-environment node */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { JSDOM } from 'jsdom';
import { english, say, translateWith } from '../../core';
import { pageTranslation } from '../pagetranslation';

/** What Jupyter Server has of kerasviz in three languages. */
const STRINGS: { [language: string]: object } = {
  de_DE: {
    kerasviz: {
      '': { plural_forms: 'nplurals=2; plural=(n != 1);' },
      Stop: ['Anhalten'],
      '%1 layer': ['%1 Schicht', '%1 Schichten'],
      'Layer {layer}: {reason}': ['In Schicht {layer}: {reason}'],
      'The file is damaged.': ['Die Datei ist beschädigt.'],
      constructor: ['Konstruktor']
    }
  },
  pl_PL: {
    kerasviz: {
      '': {
        plural_forms:
          'nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);'
      },
      '%1 layer': ['%1 warstwa', '%1 warstwy', '%1 warstw']
    }
  },
  fr_FR: { jupyterlab: { '': {} } }
};

let server: Server;
let asked: string[];

beforeAll(done => {
  server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization}`);
    const language = request.url!.split('/').pop()!;
    response.end(
      language === 'xx_XX'
        ? 'no JSON'
        : JSON.stringify({ data: STRINGS[language] ?? {}, message: '' })
    );
  }).listen(0, '127.0.0.1', done);
});

afterAll(() => server.close());

beforeEach(() => {
  asked = [];
});

/** A page of JupyterLab. */
function labPage(lang: string, config: object | null = {}): Document {
  const { port } = server.address() as AddressInfo;
  const text = JSON.stringify({
    baseUrl: '/user/ada/',
    translationsApiUrl: '/lab/api/translations',
    token: 'secret',
    ...config
  });
  const script = `<script id="jupyter-config-data" type="application/json">${text}</script>`;
  return new JSDOM(`<html lang="${lang}">${config ? script : ''}</html>`, {
    url: `http://127.0.0.1:${port}/user/ada/lab`
  }).window.document;
}

describe('the translation of a page', () => {
  it('is what its server has for kerasviz, fetched once for all widgets', async () => {
    const trans = await pageTranslation(labPage('de-DE'));
    await pageTranslation(labPage('de-DE'));
    expect(asked).toEqual([
      '/user/ada/lab/api/translations/de_DE token secret'
    ]);
    expect(trans.__('Stop')).toBe('Anhalten');
    expect(trans.__('Pause')).toBe('Pause');
    expect(trans.__('toString')).toBe('toString');
    expect(trans._n('%1 layer', '%1 layers', 1)).toBe('1 Schicht');
    expect(trans._n('%1 layer', '%1 layers', 3)).toBe('3 Schichten');
    expect(trans._n('%1 unit', '%1 units', 3)).toBe('3 units');
  });

  it('shows the kernel’s sentences', async () => {
    translateWith(await pageTranslation(labPage('de-DE')));
    expect(
      say({
        text: 'Layer {layer}: {reason}',
        args: {
          layer: "'{reason} 100% %1'",
          reason: { text: 'The file is damaged.', args: {} }
        }
      })
    ).toBe("In Schicht '{reason} 100% %1': Die Datei ist beschädigt.");
    translateWith(english);
  });

  it('has the plural forms of its language', async () => {
    const trans = await pageTranslation(labPage('pl-PL'));
    const layers = (n: number) => trans._n('%1 layer', '%1 layers', n);
    expect([1, 2, 5, 22].map(layers)).toEqual([
      '1 warstwa',
      '2 warstwy',
      '5 warstw',
      '22 warstwy'
    ]);
  });

  it.each(['en', ''])('is English for %j, and nothing is asked', async lang => {
    expect(await pageTranslation(labPage(lang))).toBe(english);
    expect(asked).toEqual([]);
  });

  it('is English where the page is not Jupyter’s', async () => {
    expect(await pageTranslation(labPage('de-DE', null))).toBe(english);
    expect(asked).toEqual([]);
  });

  it.each(['fr-FR', 'xx-XX'])(
    'is English where the server has nothing to read for %s',
    async lang => {
      expect(await pageTranslation(labPage(lang))).toBe(english);
    }
  );
});
