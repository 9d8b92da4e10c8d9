import * as React from 'react';
import { chartsPicture } from '../charts/picture';
import { readTheme } from '../charts/theme';
import { download } from '../download';
import { useHost } from '../host';
import { useModel } from '../hooks';

/** What runs are exported as. */
export type ExportFormat = 'csv' | 'png' | 'html';

/**
 * Saves runs as a file: the kernel writes tables and reports, and says itself why it can't; the page draws pictures.
 *
 * @param root - Where the colours of the theme are read.
 */
export function useExport(root: React.RefObject<Element>): {
  save(ids: readonly string[], format: ExportFormat): Promise<void>;
  /** Why there is no picture. */
  failure: string | null;
} {
  const { assets, trans } = useHost();
  const { runs } = useModel();
  const [failure, setFailure] = React.useState<string | null>(null);

  const picture = async (ids: readonly string[]) => {
    const drawn = runs.drawn.filter(({ id }) => ids.includes(id));
    const theme = readTheme(root.current!);
    const plotly = await assets.plotly();
    download(await chartsPicture(plotly, drawn, theme, trans), 'runs.png');
  };
  const save = async (ids: readonly string[], format: ExportFormat) => {
    setFailure(null);
    if (format === 'png') {
      await picture(ids).catch((reason: Error) => setFailure(reason.message));
      return;
    }
    try {
      const payload = { ids: [...ids], format };
      const { file, mimetype, content } = await runs.ask('run_export', payload);
      download(new Blob([content], { type: mimetype }), file);
    } catch {
      // It is said above the list.
    }
  };
  return { save, failure };
}
