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
