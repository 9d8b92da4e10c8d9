import type { Config } from 'plotly.js';
import type { ITranslation } from '../../core';

const LOCALE = 'kerasviz';

/** What Plotly says by itself, in the language of the page: the tips of its buttons, and its messages. */
export function plotlyWords(
  trans: ITranslation
): Pick<Config, 'locale' | 'locales'> {
  const dictionary = {
    'Download plot as a PNG': trans.__('Download plot as a PNG'),
    Pan: trans.__('Pan'),
    Zoom: trans.__('Zoom'),
    'Reset axes': trans.__('Reset axes'),
    'Double-click to zoom back out': trans.__('Double-click to zoom back out'),
    'Taking snapshot - this may take a few seconds': trans.__(
      'Taking snapshot - this may take a few seconds'
    ),
    'Snapshot succeeded': trans.__('Snapshot succeeded'),
    'Sorry, there was a problem downloading your snapshot!': trans.__(
      'Sorry, there was a problem downloading your snapshot!'
    )
  };
  return { locale: LOCALE, locales: { [LOCALE]: { dictionary } } };
}
