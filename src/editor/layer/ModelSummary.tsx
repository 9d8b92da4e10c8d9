import * as React from 'react';
import { useTranslation } from '../host';
import { useAnswer, useDocument, useVisible } from '../hooks';

/**
 * What Keras tells of a layer that is a model in Python code, whose layers can't be drawn. Nothing of another
 * layer, nor of one that can't be built: its error is told above.
 */
export function ModelSummary({ layer }: { layer: string }): JSX.Element {
  const trans = useTranslation();
  const root = React.useRef<HTMLDivElement>(null);
  const path = useDocument(d => d.path);
  const parameters = React.useMemo(
    () => ({ layers: [...path, layer] }),
    [path, layer]
  );
  const { result } = useAnswer('summary', parameters, useVisible(root));
  return (
    <div className="jp-kerasviz-ModelSummary" ref={root}>
      {result?.summary && (
        <>
          <h3>{trans.__('Summary')}</h3>
          <pre tabIndex={0} aria-label={trans.__('Summary of %1', layer)}>
            {result.summary}
          </pre>
        </>
      )}
    </div>
  );
}
