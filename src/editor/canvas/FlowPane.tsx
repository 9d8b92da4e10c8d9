import { Background, Panel, ReactFlow } from '@xyflow/react';
import * as React from 'react';
import { useTranslation } from '../host';
import { useDocument } from '../hooks';
import { CanvasHandle, type ICanvasHandle } from './CanvasHandle';
import { ConnectionHint } from './ConnectionHint';
import { flowWords } from './flowwords';
import { LayerNode, type LayerFlowNode } from './LayerNode';
import { Overview } from './Overview';
import { TensorEdge, type TensorFlowEdge } from './TensorEdge';
import type { FlowHandlers } from './useFlowHandlers';
import { ZoomButtons } from './ZoomButtons';

const NODE_TYPES = { layer: LayerNode };
const EDGE_TYPES = { tensor: TensorEdge };
const CREDITED = { hideAttribution: true };

/** With more nodes than this only those in sight are drawn, and no dots behind them: a third of what is painted. */
const MANY_NODES = 60;

export interface IFlowPaneProps {
  /** Several documents are on a page, and each describes its nodes by elements with ids. */
  id: string;
  nodes: LayerFlowNode[];
  edges: TensorFlowEdge[];
  handlers: FlowHandlers;
  /** What to tell about a connection that the keyboard makes. */
  message: string | null;
  onHandle?(handle: ICanvasHandle | null): void;
}

/** React Flow with what lies over it; drawn again only where nodes or edges changed, not at each edit of a layer. */
export const FlowPane = React.memo(function FlowPane({
  id,
  nodes,
  edges,
  handlers,
  message,
  onHandle
}: IFlowPaneProps) {
  const trans = useTranslation();
  const words = React.useMemo(() => flowWords(trans), [trans]);
  const empty = useDocument(d => d.graph.nodes.length === 0);
  const isLarge = nodes.length > MANY_NODES;
  return (
    <ReactFlow<LayerFlowNode, TensorFlowEdge>
      {...handlers}
      id={id}
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      zoomOnDoubleClick={false}
      connectionRadius={32}
      deleteKeyCode={null}
      panActivationKeyCode={null}
      disableKeyboardA11y
      onlyRenderVisibleElements={isLarge}
      minZoom={0.02}
      maxZoom={2}
      aria-label={trans.__('Canvas of the model')}
      ariaLabelConfig={words}
      // Its own credit has a label that nobody translates.
      proOptions={CREDITED}
    >
      {!isLarge && <Background />}
      <Panel position="bottom-right" className="react-flow__attribution">
        <a href="https://reactflow.dev" target="_blank" rel="noreferrer">
          React Flow
        </a>
      </Panel>
      <ZoomButtons />
      {!empty && <Overview nodes={nodes} />}
      <ConnectionHint message={message} />
      <CanvasHandle onHandle={onHandle} />
    </ReactFlow>
  );
});
