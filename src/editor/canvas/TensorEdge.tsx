import {
  BaseEdge,
  getBezierPath,
  type Edge,
  type EdgeProps
} from '@xyflow/react';
import * as React from 'react';
import { useModelState } from '../hooks';
import { formatShape } from './summary';

/** An edge as React Flow knows it. */
export type TensorFlowEdge = Edge<Record<string, never>, 'tensor'>;

/** A tensor on its way from one layer to the next; its shape shows under the mouse. */
export const TensorEdge = React.memo(function TensorEdge({
  source,
  sourceHandleId,
  sourceX,
  sourceY,
  sourcePosition,
  targetX,
  targetY,
  targetPosition,
  markerEnd
}: EdgeProps<TensorFlowEdge>) {
  const shape = useModelState(
    ['analysis'],
    m => m.analysis.nodes.get(source)?.shapes[Number(sourceHandleId)]
  );
  const [path, x, y] = getBezierPath({
    sourceX,
    sourceY,
    sourcePosition,
    targetX,
    targetY,
    targetPosition
  });
  return (
    <>
      <BaseEdge path={path} markerEnd={markerEnd} interactionWidth={24} />
      {shape && (
        <text className="jp-kerasviz-TensorEdge-shape" x={x} y={y}>
          {formatShape(shape)}
        </text>
      )}
    </>
  );
});
