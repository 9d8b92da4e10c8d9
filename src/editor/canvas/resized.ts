/** Where the view goes when the room of the canvas changes: a panel opens below it, a sidebar beside it. */
import { getViewportForBounds, type Rect, type Viewport } from '@xyflow/react';

/** How `fitView` shows a whole model: never larger than at zoom 1. */
export const FIT = { padding: 0.15, maxZoom: 1 } as const;

/** The room of the canvas, in pixels. */
export interface ISize {
  width: number;
  height: number;
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

/**
 * The view after the canvas got another size. One that was fitted to the model stays fitted; any other was chosen by
 * the user, who keeps its zoom, its middle and its top.
 *
 * @param view - The view as it is.
 * @param bounds - The rectangle around the model.
 */
export function resized(
  view: Viewport,
  bounds: Rect,
  before: ISize,
  after: ISize
): Viewport {
  const whole = fitted(bounds, before);
  const isFitted =
    Math.abs(view.x - whole.x) < CLOSE &&
    Math.abs(view.y - whole.y) < CLOSE &&
    Math.abs(view.zoom - whole.zoom) * 100 < CLOSE;
  return isFitted
    ? fitted(bounds, after)
    : { ...view, x: view.x + (after.width - before.width) / 2 };
}
