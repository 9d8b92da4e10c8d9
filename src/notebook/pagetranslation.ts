/** The language of the page around a widget. JupyterLab and Notebook serve translations; other pages get English. */
import { english, type ITranslation } from '../core';
import { translationOf, type IStrings } from './strings';

/** What JupyterLab and Notebook write into their pages. */
interface IPageConfig {
  baseUrl?: string;
  translationsApiUrl?: string;
  token?: string;
}

/** Every widget is a module of its own: those of a page share what was fetched. */
const page = globalThis as unknown as {
  [key: symbol]: Promise<IStrings | null> | undefined;
};

/** Gives the translation for a page. It is fetched once; whatever keeps it away, there is English. */
export async function pageTranslation(
  document: Document
): Promise<ITranslation> {
  const language = document.documentElement.lang.replace('-', '_');
  const config = configOf(document);
  if (!language || language === 'en' || !config?.translationsApiUrl) {
    return english;
  }
  try {
    const key = Symbol.for(`kerasviz/strings/${language}`);
    const strings = await (page[key] ??= fetchStrings(
      language,
      document,
      config
    ));
    return strings ? translationOf(strings) : english;
  } catch {
    return english;
  }
}

function configOf(document: Document): IPageConfig | null {
  const text = document.getElementById('jupyter-config-data')?.textContent;
  try {
    return text ? (JSON.parse(text) as IPageConfig) : null;
  } catch {
    return null;
  }
}

/** The strings that the page's server has for kerasviz, or null where it has none. */
async function fetchStrings(
  language: string,
  document: Document,
  { baseUrl = '/', translationsApiUrl, token }: IPageConfig
): Promise<IStrings | null> {
  const path = `${baseUrl}/${translationsApiUrl}/${language}`;
  const response = await fetch(
    new URL(path.replace(/\/+/g, '/'), document.baseURI),
    { headers: token ? { Authorization: `token ${token}` } : {} }
  );
  const { data } = (await response.json()) as {
    data: { kerasviz?: IStrings };
  };
  return data.kerasviz ?? null;
}
