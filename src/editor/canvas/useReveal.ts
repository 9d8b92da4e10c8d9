import { useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import * as React from 'react';
import { useDocument, useInside, useModel, useSelection } from '../hooks';
import { CARD, shownPosition, stretched, stretchOf } from '../layout';
import { fitted, isFitted } from './fitted';
import { useWhole } from './useWhole';
import { READABLE_ZOOM } from './zoom';

/** Zoom at which a large model is opened, of which no card could be read if it were shown as a whole. */
const OPENING_ZOOM = 0.65;

/** Pixels from the rim within which a node counts as out of sight. */
const EDGE = 8;

/** Pixels above the first node of an empty canvas or a large model. */
const MARGIN = 40;

/**
 * Keeps what matters in sight: the whole model when it is opened or laid out, and the node that is
 * selected, wherever it was selected, and whatever opens beside the canvas.
 *
 * @param laidOut - Counts the layouts of the whole model.
 */
export function useReveal(laidOut: number): void {
  const model = useModel();
  const store = useStoreApi();
  const { setViewport } = useReactFlow();
  const whole = useWhole();
  const width = useStore(state => state.width);
  const height = useStore(state => state.height);
  const sized = width > 0 && height > 0;
  const size = React.useRef({ width, height });
  const path = useDocument(d => d.path);
  const selection = useSelection(ids => ids);
  const isInside = useInside(i => i.isOpen);

  React.useEffect(() => {
    const { nodes, width, height } = store.getState();
    if (!sized) {
      return;
    }
    if (nodes.length === 0) {
      // The first layer that the keyboard adds stands at the origin: at the top, in the middle.
      void setViewport({ x: (width - CARD.width) / 2, y: MARGIN, zoom: 1 });
      return;
    }
    const all = fitted(whole.bounds(), { width, height });
    if (all.zoom >= READABLE_ZOOM) {
      void setViewport(all);
      return;
    }
    // A large model is opened where it begins, large enough to read.
    const top = nodes.reduce((a, b) => (b.position.y < a.position.y ? b : a));
    void setViewport({
      x: width / 2 - (top.position.x + CARD.width / 2) * OPENING_ZOOM,
      y: MARGIN - top.position.y * OPENING_ZOOM,
      zoom: OPENING_ZOOM
    });
    // A first layer on an empty canvas stays where it was dropped: the graph is no dependency.
  }, [store, whole, setViewport, sized, laidOut, path, isInside]);

  React.useEffect(() => {
    const before = size.current;
    const isResized = before.width !== width || before.height !== height;
    const { nodes, transform, domNode } = store.getState();
    if (!sized || (isResized && domNode?.offsetWidth === 0 && before.width)) {
      return; // behind another tab React Flow takes its own size, and the view is to be as it was
    }
    const [x, y, zoom] = transform;
    const view = { x, y, zoom };
    size.current = { width, height };
    if (isResized && before.width > 0 && nodes.length > 0) {
      const bounds = whole.bounds();
      if (isFitted(view, bounds, before)) {
        void setViewport(fitted(bounds, size.current));
        return;
      }
      // The user chose this view, and keeps its zoom, its middle and its top.
      view.x += (width - before.width) / 2;
    }
    const [id] = selection;
    const place = selection.size === 1 ? shownPosition(model, id) : undefined;
    if (place) {
      const point = stretched(place, stretchOf(model.inside.value.isOpen));
      // As far as needed and no farther: a layer that was just dropped near the rim stays under the mouse.
      const left = point[0] * view.zoom + view.x;
      const top = point[1] * view.zoom + view.y;
      view.x += inside(left, CARD.width * view.zoom, width);
      view.y += inside(top, CARD.height * view.zoom, height);
    }
    if (view.x !== x || view.y !== y || view.zoom !== zoom) {
      void setViewport(view);
    }
  }, [model, store, whole, setViewport, sized, selection, width, height]);
}

/** How far a stretch must move to lie inside the rim; its start matters most. */
function inside(start: number, length: number, size: number): number {
  const tooFar = Math.min(0, size - EDGE - (start + length));
  return start + tooFar < EDGE ? EDGE - start : tooFar;
}
