import {
  BaseEdge,
  getBezierPath,
  type Edge,
  type EdgeProps
} from '@xyflow/react';
import * as React from 'react';
import { useAnalysis } from '../hooks';
import { GAP } from '../layout';
import { formatShape } from '../drawing/summary';

/** An edge as React Flow knows it. */
export type TensorFlowEdge = Edge<
  {
    /** The x of its way around the cards between its ends; null where there are none. */
    lane: number | null;
  },
  'tensor'
>;

/** A tensor on its way from one layer to the next; its shape shows under the mouse. */
export const TensorEdge = React.memo(function TensorEdge(
  props: EdgeProps<TensorFlowEdge>
) {
  const { source, sourceHandleId, data } = props;
  const shape = useAnalysis(
    a => a.nodes.get(source)?.shapes[Number(sourceHandleId)]
  );
  const lane = data?.lane ?? null;
  const [path, x, y] =
    lane === null ? getBezierPath(props) : detourPath(props, lane);
  return (
    <>
      <BaseEdge path={path} interactionWidth={24} />
      {shape && (
        <text className="jp-kerasviz-TensorEdge-shape" x={x} y={y}>
          {formatShape(shape)}
        </text>
      )}
    </>
  );
});

/** The path of an edge that goes aside below its source and comes back above its target; and its middle. */
function detourPath(
  { sourceX, sourceY, targetX, targetY }: EdgeProps<TensorFlowEdge>,
  lane: number
): [string, number, number] {
  const top = sourceY + GAP.y;
  const bottom = targetY - GAP.y;
  const path = [
    `M${sourceX},${sourceY}`,
    `C${sourceX},${top} ${lane},${sourceY} ${lane},${top}`,
    `L${lane},${bottom}`,
    `C${lane},${targetY} ${targetX},${bottom} ${targetX},${targetY}`
  ];
  return [path.join(' '), lane, (top + bottom) / 2];
}
