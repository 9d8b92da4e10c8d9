import { Gettext } from '@jupyterlab/translation';
import { english, say, translateWith, type ITranslation } from '../../core';

describe('a sentence of the kernel in JupyterLab', () => {
  const german: { [text: string]: string } = {
    'Layer {layer}: {reason}': 'In Schicht {layer}: {reason}',
    'The file is damaged.': 'Die Datei ist beschädigt.',
    '{n} layer': '{n} Schicht',
    '{n} layers': '{n} Schichten'
  };
  const bundle: ITranslation = {
    __: (text, ...args) => Gettext.strfmt(german[text] ?? text, ...args),
    _n: (one, many, n, ...args) =>
      Gettext.strfmt(german[n === 1 ? one : many], n, ...args)
  };

  beforeEach(() => translateWith(bundle));
  afterEach(() => translateWith(english));

  it('is translated before its values are put in, which stay as they are', () => {
    const reason = { text: 'The file is damaged.', args: {} };
    for (const name of [
      '{reason}',
      '100%',
      '%1',
      '%%',
      'The file is damaged.'
    ]) {
      expect(
        say({ text: 'Layer {layer}: {reason}', args: { layer: name, reason } })
      ).toBe(`In Schicht ${name}: Die Datei ist beschädigt.`);
    }
  });

  it('counts', () => {
    const layers = (n: number) =>
      say({ text: '{n} layer', plural: '{n} layers', args: { n } });
    expect([1, 2].map(layers)).toEqual(['1 Schicht', '2 Schichten']);
  });

  it('is shown whatever it holds, and as it is where it is a plain string', () => {
    expect(say('Keras says {n} %1')).toBe('Keras says {n} %1');
    expect(say({ text: 'It is 50%1 %% {braces}.', args: {} })).toBe(
      'It is 50%1 %% {braces}.'
    );
    expect(say({ text: 'No {toString} here.', args: { a: 1 } })).toBe(
      'No {toString} here.'
    );
  });
});
