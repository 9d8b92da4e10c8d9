import * as React from 'react';
import { useTranslation } from '../host';
import { useDocument, useSelection } from '../hooks';
import { LayerForm } from './LayerForm';

/** The form of the selected layer, or how to get one. */
export function LayerTab(): JSX.Element {
  const trans = useTranslation();
  const graph = useDocument(d => d.graph);
  const selection = useSelection(ids => ids);
  const nodes = graph.nodes.filter(node => selection.has(node.id));
  if (nodes.length === 1) {
    // Renaming a layer changes its id but not its place in the graph, and must not take the focus away.
    return <LayerForm key={graph.nodes.indexOf(nodes[0])} node={nodes[0]} />;
  }
  return (
    <p className="jp-kerasviz-Inspector-hint">
      {nodes.length === 0
        ? trans.__('Select a layer on the canvas to set its arguments.')
        : trans.__(
            '%1 layers are selected. Select one to set its arguments.',
            nodes.length
          )}
    </p>
  );
}
