import * as React from 'react';
import type { IEdge, INode, Point } from '../../core';
import { useModelState } from '../hooks';
import { CARD, cardHandles } from '../layout';
import type { LayerFlowNode } from './LayerNode';
import { inputPorts } from './ports';

const NO_EDGES: readonly IEdge[] = [];

/** What a React Flow node was made of; while it is the same, the node stays the same object. */
interface IMade {
  parts: readonly unknown[];
  flow: LayerFlowNode;
}

/**
 * The nodes to draw.
 *
 * @param moving - Places of the nodes that the mouse is dragging.
 */
export function useFlowNodes(
  moving: ReadonlyMap<string, Point>
): LayerFlowNode[] {
  const graph = useModelState(['document'], m => m.document.graph);
  const positions = useModelState(
    ['document'],
    m => m.document.model?.kerasviz?.positions
  );
  const layout = useModelState(['layout'], m => m.layout);
  const selection = useModelState(['selection'], m => m.selection);
  const catalog = useModelState(['catalog'], m => m.catalog);
  const analysis = useModelState(['analysis'], m => m.analysis.nodes);
  const incoming = React.useMemo(() => byTarget(graph.edges), [graph]);
  const made = React.useRef(new Map<string, IMade>());

  return React.useMemo(() => {
    const next = new Map<string, IMade>();
    for (const node of graph.nodes) {
      const { id } = node;
      const point = moving.get(id) ?? positions?.[id] ?? layout.get(id);
      if (!point) {
        continue;
      }
      const edges = incoming.get(id) ?? NO_EDGES;
      const outputs = Math.max(
        node.outputs,
        analysis.get(id)?.shapes.length ?? 0
      );
      const selected = selection.has(id);
      const parts = [node, ...point, outputs, selected, catalog, ...edges];
      const before = made.current.get(id);
      next.set(
        id,
        before && sameItems(before.parts, parts)
          ? before
          : { parts, flow: flowNode(node, point, outputs, selected, edges) }
      );
    }
    made.current = next;
    return [...next.values()].map(item => item.flow);

    function flowNode(
      node: INode,
      [x, y]: Point,
      outputs: number,
      selected: boolean,
      edges: readonly IEdge[]
    ): LayerFlowNode {
      const entry = catalog.layer(node.class_name, node.registered_name);
      const inputs = inputPorts(node, entry, edges);
      const ids = inputs.map(port => port.id);
      return {
        id: node.id,
        type: 'layer',
        position: { x, y },
        data: { node, inputs, outputs },
        selected,
        ...CARD,
        measured: CARD,
        handles: cardHandles(ids, outputs),
        ariaLabel: `${node.layer}, ${node.class_name}`
      };
    }
  }, [
    graph,
    incoming,
    positions,
    layout,
    selection,
    catalog,
    analysis,
    moving
  ]);
}

function byTarget(edges: readonly IEdge[]): Map<string, IEdge[]> {
  const incoming = new Map<string, IEdge[]>();
  for (const edge of edges) {
    const others = incoming.get(edge.target);
    if (others) {
      others.push(edge);
    } else {
      incoming.set(edge.target, [edge]);
    }
  }
  return incoming;
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
