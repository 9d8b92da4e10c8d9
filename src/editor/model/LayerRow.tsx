import * as React from 'react';
import { classLabel, type INode } from '../../core';
import { formatShape } from '../drawing/summary';
import { formatCount } from '../format';
import { useAnalysis, useModel, useSelection } from '../hooks';

export interface ILayerRowProps {
  node: INode;
  /** The largest counts in the table, which fill a cell's bar. */
  mostParams: number;
  mostMacs: number;
  /** Sizes of what one position of its output has seen; undefined where the table has no such column. */
  field: number[] | null | undefined;
}

/** One call of a layer. */
export const LayerRow = React.memo(function LayerRow(props: ILayerRowProps) {
  const { node, mostParams, mostMacs, field } = props;
  const model = useModel();
  const analysis = useAnalysis(a => a.nodes.get(node.id));
  const selected = useSelection(ids => ids.has(node.id));
  return (
    <tr aria-selected={selected} data-error={!!analysis?.error || undefined}>
      <td>
        <button
          type="button"
          title={classLabel(node)}
          onClick={() => model.selection.select([node.id])}
        >
          {node.layer}
        </button>
      </td>
      <td>{analysis?.shapes.map(formatShape).join(', ')}</td>
      <CountCell count={analysis?.params} most={mostParams} />
      <CountCell count={analysis?.macs} most={mostMacs} />
      <td>{classLabel(node)}</td>
      {field !== undefined && <td>{field?.join(' × ')}</td>}
    </tr>
  );
});

interface ICountCellProps {
  count: number | null | undefined;
  most: number;
}

/** A number above a bar as long as its share of the largest. */
function CountCell({ count, most }: ICountCellProps): JSX.Element {
  const share = (100 * (count ?? 0)) / most;
  const style = {
    '--jp-kerasviz-share': `${share.toFixed(1)}%`
  } as React.CSSProperties;
  return (
    <td className="jp-kerasviz-LayerTable-count" style={style}>
      {typeof count === 'number' && formatCount(count)}
    </td>
  );
}
