import * as React from 'react';
import type { INode } from '../../core';
import { formatShape } from '../canvas/summary';
import { formatCount } from '../format';
import { useTranslation } from '../host';
import { useModel, useModelState } from '../hooks';

/** All layers with their shapes and parameters; a click goes to the node. */
export function LayerTable(): JSX.Element | null {
  const trans = useTranslation();
  const graph = useModelState(['document'], m => m.document.graph);
  if (graph.nodes.length === 0) {
    return null;
  }
  return (
    <table className="jp-kerasviz-LayerTable">
      <thead>
        <tr>
          <th scope="col">{trans.__('layer')}</th>
          <th scope="col">{trans.__('output shape')}</th>
          <th scope="col">{trans.__('parameters')}</th>
        </tr>
      </thead>
      <tbody>
        {graph.nodes.map(node => (
          <LayerRow key={node.id} node={node} />
        ))}
      </tbody>
    </table>
  );
}

const LayerRow = React.memo(function LayerRow({ node }: { node: INode }) {
  const model = useModel();
  const analysis = useModelState(['analysis'], m =>
    m.analysis.nodes.get(node.id)
  );
  const selected = useModelState(['selection'], m => m.selection.has(node.id));
  return (
    <tr aria-selected={selected} data-error={!!analysis?.error || undefined}>
      <td>
        <button
          type="button"
          title={node.class_name}
          onClick={() => model.select([node.id])}
        >
          {node.layer}
        </button>
      </td>
      <td>{analysis?.shapes.map(formatShape).join(', ')}</td>
      <td>{analysis && formatCount(analysis.params)}</td>
    </tr>
  );
});
