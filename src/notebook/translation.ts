import type { ITranslation } from '../core';

/** A widget does not know the language of the page around it; it speaks English. */
export const english: ITranslation = {
  __: format,
  _n: (singular, plural, n, ...args) =>
    format(n === 1 ? singular : plural, n, ...args)
};

function format(text: string, ...args: (string | number)[]): string {
  return text.replace(/%(\d+)/g, (placeholder, position) =>
    String(args[Number(position) - 1] ?? placeholder)
  );
}
