import * as React from 'react';
import { useModelState } from '../hooks';
import type { TensorFlowEdge } from './TensorEdge';

/**
 * The edges to draw.
 *
 * @param target - The edge that a new layer would be put into if it were dropped now.
 */
export function useFlowEdges(target: string | null): TensorFlowEdge[] {
  const graph = useModelState(['document'], m => m.document.graph);
  const selection = useModelState(['selection'], m => m.selection);
  const plain = React.useMemo(
    () =>
      graph.edges.map((edge): TensorFlowEdge => ({
        id: edge.id,
        type: 'tensor',
        source: edge.source,
        sourceHandle: String(edge.tensor),
        target: edge.target,
        targetHandle: edge.port
      })),
    [graph]
  );
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
