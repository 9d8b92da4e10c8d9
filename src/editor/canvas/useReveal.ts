import {
  getViewportForBounds,
  useReactFlow,
  useStore,
  useStoreApi
} from '@xyflow/react';
import * as React from 'react';
import { useModel, useModelState } from '../hooks';
import { CARD, shownPosition } from '../layout';

/** How `fitView` shows a whole model: never larger than at zoom 1. */
export const FIT = { padding: 0.15, maxZoom: 1 } as const;

/** A model that fits at no larger zoom than this is not shown as a whole: its cards could not be read. */
const SMALL_ZOOM = 0.5;

/** Zoom at which a large model is opened. */
const READABLE_ZOOM = 0.65;

/** Pixels from the rim within which a node counts as out of sight. */
const EDGE = 8;

/** Pixels above the first node of a large model. */
const MARGIN = 40;

/**
 * Keeps what matters in sight: the whole model when it is opened or laid out, and the node that is
 * selected, wherever it was selected.
 *
 * @param laidOut - Counts the layouts of the whole model.
 */
export function useReveal(laidOut: number): void {
  const model = useModel();
  const store = useStoreApi();
  const { fitView, getNodesBounds, setViewport } = useReactFlow();
  const sized = useStore(state => state.width > 0 && state.height > 0);
  const path = useModelState(['document'], m => m.document.path);
  const selection = useModelState(['selection'], m => m.selection);

  React.useEffect(() => {
    const { nodes, width, height } = store.getState();
    if (!sized || nodes.length === 0) {
      return;
    }
    const bounds = getNodesBounds(nodes);
    const whole = getViewportForBounds(
      bounds,
      width,
      height,
      0,
      FIT.maxZoom,
      FIT.padding
    );
    if (whole.zoom >= SMALL_ZOOM) {
      void fitView(FIT);
      return;
    }
    // A large model is opened where it begins, large enough to read.
    const top = nodes.reduce((a, b) => (b.position.y < a.position.y ? b : a));
    void setViewport({
      x: width / 2 - (top.position.x + CARD.width / 2) * READABLE_ZOOM,
      y: MARGIN - top.position.y * READABLE_ZOOM,
      zoom: READABLE_ZOOM
    });
    // A first layer on an empty canvas stays where it was dropped: the graph is no dependency.
  }, [store, fitView, getNodesBounds, setViewport, sized, laidOut, path]);

  React.useEffect(() => {
    const [id] = selection;
    const point = selection.size === 1 ? shownPosition(model, id) : undefined;
    const { transform, width, height } = store.getState();
    if (!point || width === 0) {
      return;
    }
    const [x, y, zoom] = transform;
    // As far as needed and no farther: a layer that was just dropped near the rim stays under the mouse.
    const dx = inside(point[0] * zoom + x, CARD.width * zoom, width);
    const dy = inside(point[1] * zoom + y, CARD.height * zoom, height);
    if (dx !== 0 || dy !== 0) {
      void setViewport({ x: x + dx, y: y + dy, zoom });
    }
  }, [model, store, setViewport, selection]);
}

/** How far a stretch must move to lie inside the rim; its start matters most. */
function inside(start: number, length: number, size: number): number {
  const tooFar = Math.min(0, size - EDGE - (start + length));
  return start + tooFar < EDGE ? EDGE - start : tooFar;
}
