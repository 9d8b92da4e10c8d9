import * as React from 'react';
import { formatBytes, formatCount } from '../format';
import { useTranslation } from '../host';
import { useAnalysis } from '../hooks';

/** Layers, parameters and memory of the model. */
export function Totals(): JSX.Element {
  const trans = useTranslation();
  const totals = useAnalysis(a => a.totals);
  if (!totals) {
    return (
      <p className="jp-kerasviz-Inspector-hint">
        {trans.__('Shapes and parameters come from Keras: start a kernel.')}
      </p>
    );
  }
  const { layers, params, trainable, bytes } = totals;
  const rows: [string, string][] = [
    [trans.__('layers'), formatCount(layers)],
    [trans.__('parameters'), formatCount(params)],
    [trans.__('trainable'), formatCount(trainable)],
    [trans.__('not trainable'), formatCount(params - trainable)],
    [trans.__('memory of the weights'), formatBytes(bytes)]
  ];
  return (
    <dl className="jp-kerasviz-Totals">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
