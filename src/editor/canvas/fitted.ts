/** The view that shows all of a model: it stays, when a panel opens below the canvas or a sidebar beside it. */
import { getViewportForBounds, type Rect, type Viewport } from '@xyflow/react';
import { OUTPUT_ROOM } from '../layout';

/** How `fitView` shows a whole model: never larger than at zoom 1. */
export const FIT = { padding: 0.15, maxZoom: 1 } as const;

/** The room of the canvas, in pixels. */
export interface ISize {
  width: number;
  height: number;
}

/** What a model takes up: its cards, and what is shown below the last of them. */
export function whole(cards: Rect, isInside: boolean): Rect {
  const room = isInside ? OUTPUT_ROOM.height : 0;
  return { ...cards, height: cards.height + room };
}

/** Pixels, or hundredths of the zoom, by which a view may miss the one that was asked for. */
const CLOSE = 1;

/** The view that shows all of a model. */
export function fitted(bounds: Rect, { width, height }: ISize): Viewport {
  return getViewportForBounds(
    bounds,
    width,
    height,
    0,
    FIT.maxZoom,
    FIT.padding
  );
}

/** Whether a view is the one that shows all of a model. */
export function isFitted(view: Viewport, bounds: Rect, size: ISize): boolean {
  const whole = fitted(bounds, size);
  return (
    Math.abs(view.x - whole.x) < CLOSE &&
    Math.abs(view.y - whole.y) < CLOSE &&
    Math.abs(view.zoom - whole.zoom) * 100 < CLOSE
  );
}
