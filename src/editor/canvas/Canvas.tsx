import { ReactFlowProvider } from '@xyflow/react';
import * as React from 'react';
import type { Point } from '../../core';
import { useDocument, useKeptFocus, useModel } from '../hooks';
import { PlaneFigure } from '../insight';
import { useAutoLayout } from '../layout';
import { CanvasHelp } from './CanvasHelp';
import type { ICanvasHandle } from './CanvasHandle';
import { FlowPane } from './FlowPane';
import { HoveredLayer } from './LinkMark';
import { selectedCard, useCanvasKeys } from './useCanvasKeys';
import { useFlowEdges } from './useFlowEdges';
import { NOT_MOVING, useFlowHandlers } from './useFlowHandlers';
import { useFlowNodes } from './useFlowNodes';
import { useKeyConnection } from './useKeyConnection';
import { useKnownCards } from './useKnownCards';
import { useLayerDrop } from './useLayerDrop';
import { usePoints } from './usePoints';
import { useReveal } from './useReveal';
import { useSeenCards } from './useSeenCards';

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
  const model = useModel();
  const empty = useDocument(d => d.graph.nodes.length === 0);
  const [hovered, setHovered] = React.useState<string | null>(null);
  const [moving, setMoving] =
    React.useState<ReadonlyMap<string, Point>>(NOT_MOVING);
  const drop = useLayerDrop();
  const points = usePoints(moving);
  const connection = useKeyConnection();
  const onKeyDown = useCanvasKeys(connection);
  const canvas = React.useRef<HTMLDivElement>(null);
  useKeptFocus(canvas, () => selectedCard(model, canvas.current!));
  useKnownCards();
  useSeenCards();
  useReveal(useAutoLayout());

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
        <FlowPane
          id={React.useId()}
          nodes={useFlowNodes(points)}
          edges={useFlowEdges(points, drop.target)}
          handlers={useFlowHandlers({ moving, setMoving, setHovered })}
          message={connection.message}
          onHandle={onHandle}
        />
      </HoveredLayer.Provider>
      <PlaneFigure />
      {empty && <CanvasHelp />}
    </div>
  );
}
