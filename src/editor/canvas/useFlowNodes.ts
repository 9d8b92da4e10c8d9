import * as React from 'react';
import { classLabel, type IEdge, type INode, type Point } from '../../core';
import {
  useAnalysis,
  useCatalog,
  useDocument,
  useKept,
  useSelection
} from '../hooks';
import { useTranslation } from '../host';
import { CARD, cardHandles } from '../layout';
import { calloutSide, type CalloutSide } from './callout';
import type { LayerFlowNode } from './LayerNode';
import { inputPorts } from '../drawing/ports';

const NO_EDGES: readonly IEdge[] = [];

/** What a React Flow node was made of; while it is the same, the node stays the same object. */
interface IMade {
  parts: readonly unknown[];
  flow: LayerFlowNode;
}

/**
 * The nodes to draw.
 *
 * @param points - Where they stand.
 */
export function useFlowNodes(
  points: ReadonlyMap<string, Point>
): LayerFlowNode[] {
  const trans = useTranslation();
  const domAttributes = React.useMemo(
    () => ({ 'aria-roledescription': trans.__('layer') }),
    [trans]
  );
  const graph = useDocument(d => d.graph);
  const selection = useSelection(ids => ids);
  const catalog = useCatalog(c => c);
  const analysis = useAnalysis(a => a.nodes);
  const errors = useAnalysis(a => a.errors);
  const open = useDocument(d => d.openPorts);
  const incoming = React.useMemo(() => byTarget(graph.edges), [graph]);
  const made = React.useRef(new Map<string, IMade>());

  const nodes = React.useMemo(() => {
    const next = new Map<string, IMade>();
    const advised = new Set(errors.map(({ layer }) => layer));
    for (const [id, point] of points) {
      const node = graph.byId.get(id)!;
      const edges = incoming.get(id) ?? NO_EDGES;
      const outputs = Math.max(
        node.outputs,
        analysis.get(id)?.shapes.length ?? 0
      );
      const selected = selection.has(id);
      const callout =
        analysis.get(id)?.error || advised.has(node.layer)
          ? calloutSide(point, points.values())
          : null;
      // Its arguments are not among them: the card reads those itself, and React Flow need not know.
      const parts = [
        node.class_name,
        node.module,
        node.registered_name,
        ...point,
        outputs,
        selected,
        callout,
        catalog,
        open.get(id),
        ...edges.map(edge => edge.id)
      ];
      const before = made.current.get(id);
      next.set(
        id,
        before && sameItems(before.parts, parts)
          ? before
          : {
              parts,
              flow: flowNode(node, point, outputs, selected, callout, edges)
            }
      );
    }
    made.current = next;
    return Array.from(next.values(), item => item.flow);

    function flowNode(
      node: INode,
      [x, y]: Point,
      outputs: number,
      selected: boolean,
      callout: CalloutSide | null,
      edges: readonly IEdge[]
    ): LayerFlowNode {
      const entry = catalog.layer(node.class_name, node.registered_name);
      const inputs = inputPorts(node, entry, edges, open.get(node.id));
      const ids = inputs.map(port => port.id);
      return {
        id: node.id,
        type: 'layer',
        position: { x, y },
        data: { inputs, outputs, callout },
        selected,
        // A callout may hide a card, and must not be hidden by one.
        zIndex: callout ? 1 : 0,
        ...CARD,
        measured: CARD,
        handles: cardHandles(ids, outputs),
        ariaLabel: `${node.layer}, ${classLabel(node)}`,
        domAttributes
      };
    }
  }, [
    graph,
    incoming,
    points,
    selection,
    catalog,
    analysis,
    errors,
    open,
    domAttributes
  ]);
  return useKept(nodes, sameItems);
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
