/** Translated strings of one domain, as Jupyter serves them. */
import { english, type ITranslation } from '../core';

/** A catalogue: for each English text its translations, one for each plural form; under '' what it says of itself. */
export interface IStrings {
  '': { plural_forms?: string };
  [text: string]: string[] | { plural_forms?: string };
}

/** `nplurals=2; plural=(n != 1);`: nothing but arithmetic may be in it. */
const PLURAL_FORMS =
  /^\s*nplurals\s*=\s*\d+\s*;\s*plural\s*=([\sn\d%!=<>&|?:()+*/-]+);?\s*$/;

/** The translation that a catalogue holds; a text that is not in it stays English. */
export function translationOf(strings: IStrings): ITranslation {
  const formOf = pluralRule(strings[''].plural_forms ?? '');
  const find = (text: string): readonly string[] => {
    const found = Object.hasOwn(strings, text) ? strings[text] : undefined;
    return Array.isArray(found) ? found : [];
  };
  return {
    __: (text, ...args) => english.__(find(text)[0] || text, ...args),
    _n: (singular, plural, n, ...args) => {
      const form = find(singular)[formOf(n)];
      return form
        ? english.__(form, n, ...args)
        : english._n(singular, plural, n, ...args);
    }
  };
}

function pluralRule(forms: string): (n: number) => number {
  const [, expression] = PLURAL_FORMS.exec(forms) ?? [];
  return expression
    ? // The pattern lets nothing but arithmetic through, and JupyterLab reads its catalogues in the same way.
      // eslint-disable-next-line no-new-func
      (new Function('n', `return Number(${expression})`) as (
        n: number
      ) => number)
    : n => (n === 1 ? 0 : 1);
}
