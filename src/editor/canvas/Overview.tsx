import { MiniMap } from '@xyflow/react';
import * as React from 'react';
import type { CatalogIndex, KerasDocument } from '../../core';
import { useTranslation } from '../host';
import { useCatalog, useModel } from '../hooks';
import type { LayerFlowNode } from './LayerNode';

/** Pixels. */
const SIDE = 130;
const STYLE = { width: SIDE, height: SIDE };

export interface IOverviewProps {
  nodes: readonly LayerFlowNode[];
}

/** The whole model in a corner of the canvas, in the colours of its layers' families. */
export function Overview({ nodes }: IOverviewProps): JSX.Element {
  const trans = useTranslation();
  const { document } = useModel();
  const catalog = useCatalog(c => c);
  // A new function draws every node again.
  const color = React.useCallback(
    ({ id }: LayerFlowNode) =>
      `var(--jp-kerasviz-family-${familyOf(document, catalog, id)})`,
    [document, catalog]
  );
  return (
    <MiniMap<LayerFlowNode>
      pannable
      zoomable
      style={STYLE}
      ariaLabel={trans.__('Overview of the model')}
      nodeColor={color}
      nodeStrokeColor={color}
      // A pixel at least: a chain of a thousand layers is a third of one wide.
      nodeStrokeWidth={React.useMemo(() => extent(nodes) / SIDE, [nodes])}
    />
  );
}

/** The longer side of the rectangle around all nodes; none while they have no places. */
function extent(nodes: readonly LayerFlowNode[]): number {
  const side = (along: 'x' | 'y') => {
    let [least, most] = [Infinity, -Infinity];
    for (const { position } of nodes) {
      least = Math.min(least, position[along]);
      most = Math.max(most, position[along]);
    }
    return most - least;
  };
  return Math.max(0, side('x'), side('y'));
}

function familyOf(
  document: KerasDocument,
  catalog: CatalogIndex,
  id: string
): string {
  const { class_name: name = '', registered_name: registered = null } =
    document.graph.byId.get(id) ?? {};
  return catalog.family(catalog.layer(name, registered) ?? name);
}
