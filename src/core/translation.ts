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
