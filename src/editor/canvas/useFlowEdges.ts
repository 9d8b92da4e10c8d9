import * as React from 'react';
import {
  parseNodeId,
  type IEdge,
  type ITranslation,
  type Point
} from '../../core';
import { useTranslation } from '../host';
import { useDocument, useKept, useSelection } from '../hooks';
import { CARD } from '../layout';
import { detours } from './detour';
import type { TensorFlowEdge } from './TensorEdge';

/**
 * The edges to draw.
 *
 * @param points - Where the nodes stand.
 * @param target - The edge that a new layer would be put into if it were dropped now.
 */
export function useFlowEdges(
  points: ReadonlyMap<string, Point>,
  target: string | null
): TensorFlowEdge[] {
  const trans = useTranslation();
  const graph = useDocument(d => d.graph);
  const edges = useKept(graph.edges, sameEdges);
  const selection = useSelection(ids => ids);
  const made = React.useRef(new Map<string, TensorFlowEdge>());

  const plain = React.useMemo(() => {
    const placed = edges.filter(
      edge => points.has(edge.source) && points.has(edge.target)
    );
    const lanes = detours(
      placed.map(edge => ({
        from: below(points.get(edge.source)!),
        to: above(points.get(edge.target)!)
      })),
      [...points.values()]
    );
    const flow = placed.map((edge, i) => {
      const before = made.current.get(edge.id);
      return before?.data?.lane === lanes[i]
        ? before
        : flowEdge(edge, lanes[i], trans);
    });
    made.current = new Map(flow.map(edge => [edge.id, edge]));
    return flow;
  }, [edges, points, trans]);

  return React.useMemo(
    () =>
      plain.map(edge =>
        edge.id === target || selection.has(edge.id)
          ? {
              ...edge,
              selected: selection.has(edge.id),
              className:
                edge.id === target ? 'jp-kerasviz-mod-dropTarget' : undefined
            }
          : edge
      ),
    [plain, selection, target]
  );
}

/** An edge's id says all about it. */
function sameEdges(a: readonly IEdge[], b: readonly IEdge[]): boolean {
  return a.length === b.length && a.every((edge, i) => edge.id === b[i].id);
}

/** An edge's id says all about it but its way. */
function flowEdge(
  edge: IEdge,
  lane: number | null,
  trans: ITranslation
): TensorFlowEdge {
  const [[source], [target]] = [edge.source, edge.target].map(parseNodeId);
  return {
    id: edge.id,
    type: 'tensor',
    source: edge.source,
    sourceHandle: String(edge.tensor),
    target: edge.target,
    targetHandle: edge.port,
    data: { lane },
    ariaLabel: trans.__('From %1 to %2', source, target),
    domAttributes: { 'aria-roledescription': trans.__('connection') }
  };
}

function below([x, y]: Point): Point {
  return [x + CARD.width / 2, y + CARD.height];
}

function above([x, y]: Point): Point {
  return [x + CARD.width / 2, y];
}
