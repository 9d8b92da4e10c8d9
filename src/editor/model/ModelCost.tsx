import * as React from 'react';
import { batchSizeOf } from '../../core';
import { useAnswer, useDocument, useVisible } from '../hooks';
import { ErrorNotice } from '../errors/ErrorNotice';
import { CostList } from './CostList';
import { LayerTable } from './LayerTable';

/** What the model and each of its layers cost. */
export function ModelCost(): JSX.Element {
  const root = React.useRef<HTMLDivElement>(null);
  const batchSize = useDocument(d => batchSizeOf(d.model));
  // Layers of a model inside the model may have the names of layers outside.
  const isWhole = useDocument(d => d.shown === d.model);
  const parameters = React.useMemo(
    () => ({ batch_size: batchSize }),
    [batchSize]
  );
  const isVisible = useVisible(root);
  const { result, error } = useAnswer('cost', parameters, isVisible);
  return (
    <div className="jp-kerasviz-ModelCost" ref={root}>
      {error && <ErrorNotice error={error} subject="document" />}
      {result && <CostList cost={result} batchSize={batchSize} />}
      <LayerTable layers={isWhole ? result?.layers : undefined} />
    </div>
  );
}
