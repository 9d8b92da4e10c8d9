import type { EditorModel } from '../../core';
import { chartsPicture } from '../charts/picture';
import { readTheme } from '../charts/theme';
import { download } from '../download';
import type { IHost } from '../host';

/** What runs are exported as. */
export const EXPORT_FORMATS = ['csv', 'png', 'html'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * Saves runs as a file: the kernel writes tables and reports, the page draws pictures.
 *
 * @param root - Where the colours of the theme are read.
 * @throws Error, for people, when it can't be done.
 */
export async function exportRuns(
  { runs }: EditorModel,
  { assets, trans }: IHost,
  ids: readonly string[],
  format: ExportFormat,
  root: Element
): Promise<void> {
  if (format === 'png') {
    await runs.show(ids, true);
    const drawn = runs.drawn.filter(({ id }) => ids.includes(id));
    const plotly = await assets.plotly();
    const picture = await chartsPicture(plotly, drawn, readTheme(root), trans);
    download(picture, 'runs.png');
  } else {
    const { file, mimetype, content } = await runs.ask('run_export', {
      ids: [...ids],
      format
    });
    download(new Blob([content], { type: mimetype }), file);
  }
}
