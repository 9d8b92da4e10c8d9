import * as React from 'react';
import { isWhole } from '../../core';
import { formatBytes, formatCount } from '../format';
import { useTranslation } from '../host';
import { useAnalysis, useKernel } from '../hooks';
import { Facts } from './Facts';

/** Layers, parameters and memory of the model. */
export function Totals(): JSX.Element {
  const trans = useTranslation();
  const kernel = useKernel(k => k.status.state);
  const totals = useAnalysis(a => a.totals);
  const whole = useAnalysis(isWhole);
  if (!totals) {
    return (
      <p className="jp-kerasviz-Inspector-hint">
        {['connecting', 'ready'].includes(kernel)
          ? trans.__('Waiting for the kernel…')
          : trans.__('Start a kernel to see shapes and parameters.')}
      </p>
    );
  }
  const { layers, params, trainable, bytes } = totals;
  const rows: [string, string][] = [
    [trans.__('Layers'), formatCount(layers)],
    [trans.__('Parameters'), formatCount(params)],
    [trans.__('Trainable'), formatCount(trainable)],
    [trans.__('Non-trainable'), formatCount(params - trainable)],
    [trans.__('Weights'), formatBytes(bytes)]
  ];
  return (
    <>
      {!whole && (
        <p className="jp-kerasviz-Inspector-hint">
          {trans.__('Without the layers that have no shape yet:')}
        </p>
      )}
      <Facts rows={rows} />
    </>
  );
}
