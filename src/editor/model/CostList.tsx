import * as React from 'react';
import type { ICost } from '../../core';
import { formatBytes, formatCount } from '../format';
import { useTranslation } from '../host';
import { Facts } from './Facts';

export interface ICostListProps {
  cost: ICost;
  batchSize: number;
}

/** What training takes, and whether there is as much memory. */
export function CostList({ cost, batchSize }: ICostListProps): JSX.Element {
  const trans = useTranslation();
  const { layers, macs, memory, capacity } = cost;
  const isWhole = Object.values(layers).every(layer => layer.macs !== null);
  const rows: [string, string][] = [
    [
      trans.__('Multiply-adds per sample'),
      isWhole ? formatCount(macs) : trans.__('at least %1', formatCount(macs))
    ],
    [
      trans._n(
        'Activations (batch of %1)',
        'Activations (batch of %1)',
        batchSize,
        batchSize
      ),
      formatBytes(memory.activations)
    ],
    [trans.__('Gradients'), formatBytes(memory.gradients)],
    [trans.__('Optimizer state'), formatBytes(memory.optimizer)],
    [trans.__('Training memory'), formatBytes(memory.total)]
  ];
  return (
    <>
      <Facts rows={rows} />
      {capacity && memory.total > capacity.free && (
        <p className="jp-kerasviz-ErrorNotice" role="alert">
          {trans.__(
            'Training needs about %1, but %2 has %3 of memory free. Choose a smaller batch size, or fewer units or filters.',
            formatBytes(memory.total),
            capacity.gpu ?? trans.__('this machine'),
            formatBytes(capacity.free)
          )}
        </p>
      )}
    </>
  );
}
