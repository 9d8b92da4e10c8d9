import type {
  Connection,
  EdgeChange,
  NodeChange,
  ReactFlowProps,
  XYPosition
} from '@xyflow/react';
import type { EditorModel, Point } from '../../core';
import { useHandlers, useModel } from '../hooks';
import { shownPositions, stretchOf, unstretched } from '../layout';
import type { LayerFlowNode } from './LayerNode';
import type { TensorFlowEdge } from './TensorEdge';

/** What React Flow calls when somebody acts on the canvas. */
export type FlowHandlers = Pick<
  Required<ReactFlowProps<LayerFlowNode, TensorFlowEdge>>,
  | 'onNodesChange'
  | 'onEdgesChange'
  | 'onNodeContextMenu'
  | 'onEdgeContextMenu'
  | 'onNodeDragStop'
  | 'onSelectionDragStop'
  | 'onNodeMouseEnter'
  | 'onNodeMouseLeave'
  | 'onNodeDoubleClick'
  | 'onConnect'
  | 'onReconnect'
  | 'isValidConnection'
>;

/** While the mouse drags nothing. */
export const NOT_MOVING: ReadonlyMap<string, Point> = new Map();

/** The state of the canvas that its handlers read and set. */
export interface IFlowState {
  /** Places of the nodes that the mouse is dragging. */
  moving: ReadonlyMap<string, Point>;
  setMoving(moving: ReadonlyMap<string, Point>): void;
  /** Told of the shared layer that the mouse is over. */
  setHovered(layer: string | null): void;
}

/** The handlers for React Flow, which tells each of its thousands of views of every new function. */
export function useFlowHandlers({
  moving,
  setMoving,
  setHovered
}: IFlowState): FlowHandlers {
  const model = useModel();

  const onChange = (
    changes: (NodeChange<LayerFlowNode> | EdgeChange<TensorFlowEdge>)[]
  ) => {
    const selection = new Set(model.selection.value);
    const moved = new Map(moving);
    let selected = false;
    for (const change of changes) {
      if (change.type === 'select') {
        selected = true;
        if (change.selected) {
          selection.add(change.id);
        } else {
          selection.delete(change.id);
        }
      } else if (change.type === 'position' && change.position) {
        moved.set(change.id, toPoint(change.position));
      }
    }
    if (selected) {
      model.selection.select(selection);
    }
    if (moved.size > moving.size || changes.some(c => c.type === 'position')) {
      setMoving(moved);
    }
  };
  const onMoved = (moved: readonly LayerFlowNode[]) => {
    setMoving(NOT_MOVING);
    if (moving.size > 0) {
      const by = stretchOf(model.inside.value.isOpen);
      const places = moved.map(node => [
        node.id,
        unstretched(toPoint(node.position), by)
      ]);
      model.document.move({
        ...shownPositions(model),
        ...Object.fromEntries(places)
      });
    }
  };

  return useHandlers<FlowHandlers>({
    onNodesChange: onChange,
    onEdgesChange: onChange,
    onNodeContextMenu: (_, { id }) => selectFor(model, id),
    onEdgeContextMenu: (_, { id }) => selectFor(model, id),
    onNodeDragStop: (_, __, moved) => onMoved(moved),
    onSelectionDragStop: (_, moved) => onMoved(moved),
    onNodeMouseEnter: (_, { id }) => setHovered(sharedLayer(model, id)),
    onNodeMouseLeave: () => setHovered(null),
    onNodeDoubleClick: (_, { id }) => {
      if (model.document.isModel(id)) {
        model.enter(id);
      }
    },
    onConnect: connection => model.document.connect(...ends(connection)),
    onReconnect: (edge, connection) =>
      model.document.reconnect(edge.id, ...ends(connection)),
    isValidConnection: connection =>
      model.document.canConnect(...ends(connection)) === null
  });
}

/** A menu acts on the selection, so what it was opened on is selected. */
function selectFor(model: EditorModel, id: string): void {
  if (!model.selection.value.has(id)) {
    model.selection.select([id]);
  }
}

/** The layer of a node, where other nodes call it too. */
function sharedLayer({ document }: EditorModel, id: string): string | null {
  const node = document.graph.byId.get(id);
  return node && node.calls > 1 ? node.layer : null;
}

function toPoint({ x, y }: XYPosition): Point {
  return [Math.round(x), Math.round(y)];
}

/** A connection of React Flow's, as the document takes it. */
function ends({
  source,
  sourceHandle,
  target,
  targetHandle
}: Connection | TensorFlowEdge) {
  return [
    { node: source, tensor: Number(sourceHandle) },
    { node: target, port: targetHandle ?? '0' }
  ] as const;
}
