import {
  Background,
  Controls,
  ReactFlow,
  ReactFlowProvider,
  type Connection,
  type EdgeChange,
  type NodeChange,
  type XYPosition
} from '@xyflow/react';
import * as React from 'react';
import type { EditorModel, Point } from '../../core';
import { useTranslation } from '../host';
import { useDocument, useKeptFocus, useModel } from '../hooks';
import { shownPositions, useAutoLayout } from '../layout';
import { CanvasHelp } from './CanvasHelp';
import { CanvasHandle, type ICanvasHandle } from './CanvasHandle';
import { ConnectionHint } from './ConnectionHint';
import { HoveredLayer } from './LinkMark';
import { LayerNode, type LayerFlowNode } from './LayerNode';
import { Overview } from './Overview';
import { TensorEdge, type TensorFlowEdge } from './TensorEdge';
import { selectedCard, useCanvasKeys } from './useCanvasKeys';
import { useFlowEdges } from './useFlowEdges';
import { useFlowNodes } from './useFlowNodes';
import { useKeyConnection } from './useKeyConnection';
import { useKnownCards } from './useKnownCards';
import { useLayerDrop } from './useLayerDrop';
import { usePoints } from './usePoints';
import { FIT } from './fitted';
import { useReveal } from './useReveal';

const NODE_TYPES = { layer: LayerNode };
const EDGE_TYPES = { tensor: TensorEdge };
const NOT_MOVING: ReadonlyMap<string, Point> = new Map();

/** With more nodes than this only those in sight are drawn, and no dots behind them: a third of what is painted. */
const MANY_NODES = 60;

export interface ICanvasProps {
  /** Called with what toolbars need of the canvas, and with null when it goes. */
  onHandle?(handle: ICanvasHandle | null): void;
}

/** The drawing of the model: layers as cards, data flowing downwards. */
export function Canvas(props: ICanvasProps): JSX.Element {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow({ onHandle }: ICanvasProps): JSX.Element {
  const trans = useTranslation();
  const model = useModel();
  const id = React.useId();
  const empty = useDocument(d => d.graph.nodes.length === 0);
  const [hovered, setHovered] = React.useState<string | null>(null);
  const [moving, setMoving] = React.useState(NOT_MOVING);
  const drop = useLayerDrop();
  const points = usePoints(moving);
  const nodes = useFlowNodes(points);
  const edges = useFlowEdges(points, drop.target);
  const connection = useKeyConnection();
  const onKeyDown = useCanvasKeys(connection);
  const isLarge = nodes.length > MANY_NODES;
  const canvas = React.useRef<HTMLDivElement>(null);
  useKeptFocus(canvas, () => selectedCard(model, canvas.current!));
  useKnownCards();
  useReveal(useAutoLayout());

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
      const places = moved.map(node => [node.id, toPoint(node.position)]);
      model.document.move({
        ...shownPositions(model),
        ...Object.fromEntries(places)
      });
    }
  };

  return (
    <div
      className="jp-kerasviz-Canvas"
      ref={canvas}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onDragOver={drop.onDragOver}
      onDragLeave={drop.onDragLeave}
      onDrop={drop.onDrop}
    >
      <HoveredLayer.Provider value={hovered}>
        <ReactFlow<LayerFlowNode, TensorFlowEdge>
          // Several documents are on a page, and each describes its nodes by elements with ids.
          id={id}
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          onNodesChange={onChange}
          onEdgesChange={onChange}
          onNodeContextMenu={(_, { id }) => selectFor(model, id)}
          onEdgeContextMenu={(_, { id }) => selectFor(model, id)}
          onNodeDragStop={(_, __, moved) => onMoved(moved)}
          onSelectionDragStop={(_, moved) => onMoved(moved)}
          onNodeMouseEnter={(_, { id }) => setHovered(sharedLayer(model, id))}
          onNodeMouseLeave={() => setHovered(null)}
          onNodeDoubleClick={(_, { id }) => {
            if (model.document.isModel(id)) {
              model.enter(id);
            }
          }}
          zoomOnDoubleClick={false}
          onConnect={connection => model.document.connect(...ends(connection))}
          onReconnect={(edge, connection) =>
            model.document.reconnect(edge.id, ...ends(connection))
          }
          isValidConnection={connection =>
            model.document.canConnect(...ends(connection)) === null
          }
          connectionRadius={32}
          deleteKeyCode={null}
          panActivationKeyCode={null}
          disableKeyboardA11y
          onlyRenderVisibleElements={isLarge}
          fitViewOptions={FIT}
          minZoom={0.02}
          maxZoom={2}
          aria-label={trans.__('Canvas of the model')}
        >
          {!isLarge && <Background />}
          <div role="group" aria-label={trans.__('Zoom')}>
            {/* React Flow would name a plain div, which can't have a name. */}
            <Controls
              aria-label=""
              showInteractive={false}
              fitViewOptions={FIT}
            />
          </div>
          {!empty && <Overview nodes={nodes} />}
          <ConnectionHint message={connection.message} />
          <CanvasHandle onHandle={onHandle} />
        </ReactFlow>
      </HoveredLayer.Provider>
      {empty && <CanvasHelp />}
    </div>
  );
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
