import { useReactFlow } from '@xyflow/react';
import * as React from 'react';
import { addLayer } from '../drawing/addLayer';
import { LAYER_MIME_TYPE, readEntry } from '../drawing/dragdrop';
import { useModel } from '../hooks';
import { CARD, stretchOf, unstretched } from '../layout';

/** What the canvas needs to take layers from the palette. */
export interface ILayerDrop {
  /** The edge under the mouse, which the layer would be put into. */
  target: string | null;
  onDragOver(event: React.DragEvent): void;
  onDragLeave(): void;
  onDrop(event: React.DragEvent): void;
}

/** Lets a layer be dropped on the canvas, where the mouse is, or on an edge, into it. */
export function useLayerDrop(): ILayerDrop {
  const model = useModel();
  const { screenToFlowPosition } = useReactFlow();
  const [target, setTarget] = React.useState<string | null>(null);
  return {
    target,
    onDragOver: event => {
      if (event.dataTransfer.types.includes(LAYER_MIME_TYPE)) {
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        setTarget(edgeAt(event));
      }
    },
    onDragLeave: () => setTarget(null),
    onDrop: event => {
      setTarget(null);
      const data = event.dataTransfer.getData(LAYER_MIME_TYPE);
      const entry = readEntry(model.catalog.value, data);
      if (!entry || entry.disabled !== null) {
        return;
      }
      event.preventDefault();
      const mouse = screenToFlowPosition({
        x: event.clientX,
        y: event.clientY
      });
      addLayer(model, entry, {
        position: unstretched(
          [
            Math.round(mouse.x - CARD.width / 2),
            Math.round(mouse.y - CARD.height / 2)
          ],
          stretchOf(model.inside.value.isOpen)
        ),
        into: edgeAt(event) ?? undefined
      });
    }
  };
}

function edgeAt(event: React.DragEvent): string | null {
  const edge = (event.target as Element).closest('.react-flow__edge');
  return edge?.getAttribute('data-id') ?? null;
}
