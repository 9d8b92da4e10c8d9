import { useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import * as React from 'react';
import { useModel, useModelState } from '../hooks';
import { CARD, shownPosition } from '../layout';

/** How `fitView` shows a whole model: never larger than at zoom 1. */
export const FIT = { padding: 0.15, maxZoom: 1 } as const;

/**
 * Keeps what matters in sight: the whole model when it is opened or laid out, and the node that is
 * selected, wherever it was selected.
 *
 * @param laidOut - Counts the layouts of the whole model.
 */
export function useReveal(laidOut: number): void {
  const model = useModel();
  const store = useStoreApi();
  const { fitView, setCenter } = useReactFlow();
  const sized = useStore(state => state.width > 0 && state.height > 0);
  const selection = useModelState(['selection'], m => m.selection);

  React.useEffect(() => {
    if (sized && model.document.graph.nodes.length > 0) {
      void fitView(FIT);
    }
    // A first layer on an empty canvas stays where it was dropped: the graph is no dependency.
  }, [model, fitView, sized, laidOut]);

  React.useEffect(() => {
    const [id] = selection;
    const point = selection.size === 1 ? shownPosition(model, id) : undefined;
    const { transform, width, height } = store.getState();
    if (!point || width === 0) {
      return;
    }
    const [x, y, zoom] = transform;
    const left = point[0] * zoom + x;
    const top = point[1] * zoom + y;
    if (
      left < 0 ||
      top < 0 ||
      left + CARD.width * zoom > width ||
      top + CARD.height * zoom > height
    ) {
      void setCenter(point[0] + CARD.width / 2, point[1] + CARD.height / 2, {
        zoom
      });
    }
  }, [model, store, setCenter, selection]);
}
