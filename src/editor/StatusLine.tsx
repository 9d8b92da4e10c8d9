import * as React from 'react';
import { formatBytes, formatCount } from './format';
import { useTranslation } from './host';
import { useAnalysis, useDocument, useKernel } from './hooks';

/** One line below the canvas: totals of the model, and whether a kernel answers. */
export function StatusLine(): JSX.Element {
  const trans = useTranslation();
  const totals = useAnalysis(a => a.totals);
  const pending = useAnalysis(a => a.pending);
  const kernel = useKernel(k => k.status);
  const layers = useDocument(d => d.graph.nodes.length);
  const device = kernel.hello?.devices[0];
  return (
    <div
      className="jp-kerasviz-StatusLine"
      data-kernel={kernel.state}
      data-pending={pending || undefined}
    >
      <span className="jp-kerasviz-StatusLine-totals">
        {totals
          ? [
              trans._n('%1 layer', '%1 layers', totals.layers, totals.layers),
              trans.__('%1 parameters', formatCount(totals.params)),
              formatBytes(totals.bytes)
            ].join(' · ')
          : trans._n('%1 layer', '%1 layers', layers, layers)}
      </span>
      <span
        className="jp-kerasviz-StatusLine-kernel"
        role="status"
        title={kernel.message}
      >
        {kernel.hello && kernel.state === 'ready'
          ? [`Keras ${kernel.hello.keras}`, kernel.hello.backend, device?.label]
              .filter(Boolean)
              .join(' · ')
          : kernel.message ||
            trans.__(
              'No kernel is running. Start one to see shapes and parameters.'
            )}
      </span>
    </div>
  );
}
