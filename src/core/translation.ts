/** The part of JupyterLab's `TranslationBundle` that the editor uses, so that it needs no JupyterLab. */
export interface ITranslation {
  __(msgid: string, ...args: (string | number)[]): string;
  _n(
    msgid: string,
    plural: string,
    n: number,
    ...args: (string | number)[]
  ): string;
}

/** English, for a host that knows no other language. */
export const english: ITranslation = {
  __: format,
  _n: (singular, plural, n, ...args) =>
    format(n === 1 ? singular : plural, n, ...args)
};

/** The language of what the core says; a page has one. */
export const trans: ITranslation = {
  __: (...sentence) => current.__(...sentence),
  _n: (...sentence) => current._n(...sentence)
};

/** Makes the core speak the language of the program around it. */
export function translateWith(translation: ITranslation): void {
  current = translation;
}

let current = english;

function format(text: string, ...args: (string | number)[]): string {
  return text.replace(/%(\d+)/g, (placeholder, position) =>
    String(args[Number(position) - 1] ?? placeholder)
  );
}

/** A sentence as the kernel sends it: `kerasviz/protocol/text.py` makes it. */
export interface IText {
  text: string;
  args: { [name: string]: string | number | IText };
  /** The text for several, where the sentence counts `args.n`. */
  plural?: string;
}

/** A sentence of the kernel; one that Keras or a file has written is a plain string. */
export type Sentence = string | IText;

/** A sentence of the kernel in the language of the page. */
export function say(sentence: Sentence): string {
  if (typeof sentence === 'string') {
    return sentence;
  }
  const { text, args, plural } = sentence;
  const translated = translate(text, plural, Number(args.n));
  return Object.keys(args).length === 0
    ? translated
    : translated.replace(/\{(\w+)\}/g, (placeholder, name) =>
        Object.hasOwn(args, name) ? said(args[name]) : placeholder
      );
}

/** Looks a text up. JupyterLab's translator puts its own arguments in for `%1`: such a text stays as it is. */
function translate(
  text: string,
  plural: string | undefined,
  n: number
): string {
  if (/%[%\d]/.test(`${text} ${plural}`)) {
    return plural === undefined || n === 1 ? text : plural;
  }
  return plural === undefined ? trans.__(text) : trans._n(text, plural, n);
}

function said(value: string | number | IText): string {
  return typeof value === 'number' ? String(value) : say(value);
}
