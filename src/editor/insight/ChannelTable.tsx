import * as React from 'react';
import type { IViewFacts } from '../../core';
import { useTranslation } from '../host';
import { inOrder, type IOrder } from '../sorting/rowsorting';
import { SortHeader } from '../sorting/SortHeader';
import { formatNumber } from './OutputView';

type Column = 'channel' | 'mean' | 'deviation' | 'minimum' | 'maximum' | 'zero';

/** What each channel of an output holds, in a table. */
export function ChannelTable({
  channels
}: {
  channels: readonly IViewFacts[];
}): JSX.Element {
  const trans = useTranslation();
  const [order, setOrder] = React.useState<IOrder<Column> | null>(null);
  const labels: Record<Column, string> = {
    channel: trans.__('Channel'),
    mean: trans.__('Mean'),
    deviation: trans.__('Std.'),
    minimum: trans.__('Min.'),
    maximum: trans.__('Max.'),
    zero: trans.__('Zero')
  };
  const rows = channels.map((facts, channel) => ({ ...facts, channel }));
  return (
    <div className="jp-kerasviz-ChannelTable">
      <table>
        <thead>
          <tr>
            {(Object.keys(labels) as Column[]).map(column => (
              <SortHeader
                key={column}
                column={column}
                label={labels[column]}
                order={order}
                descends={column !== 'channel'}
                onSort={setOrder}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {inOrder(rows, order, (row, column) => row[column]).map(row => (
            <tr key={row.channel} data-channel={row.channel}>
              <th scope="row">{row.channel}</th>
              <td>{formatNumber(row.mean)}</td>
              <td>{formatNumber(row.deviation)}</td>
              <td>{formatNumber(row.minimum)}</td>
              <td>{formatNumber(row.maximum)}</td>
              <td>{Math.round(row.zero * 100)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
