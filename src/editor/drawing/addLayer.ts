import type { EditorModel, ILayerEntry, Point } from '../../core';
import { below, freePlace, shownPositions } from '../layout';

/** Where a new layer goes; without a position it goes below the selected node, between it and what follows it alone. */
export interface IAddLayerPlace {
  position?: Point;
  /** Edge that the layer is put into. */
  into?: string;
}

/**
 * Adds a layer and selects it. The places of all nodes are written in the same undo step, so that none of
 * them moves when the layout is made again.
 */
export function addLayer(
  model: EditorModel,
  entry: ILayerEntry,
  place: IAddLayerPlace = {}
): void {
  const { document } = model;
  const positions = shownPositions(model);
  const points = Object.values(positions);
  const selected = [...model.selection.value]
    .filter(id => document.graph.byId.has(id))
    .pop();
  const after =
    place.position || entry.inputs.length === 0 ? undefined : selected;
  // Amid a chain it goes between: a branch would be one more output.
  const [next, ...others] = document.graph.edges.filter(
    ({ source }) => source === after
  );
  const into = place.into ?? (others.length === 0 ? next?.id : undefined);
  const lowest = points.reduce<Point | undefined>(
    (low, point) => (low && low[1] >= point[1] ? low : point),
    undefined
  );
  const above = (selected && positions[selected]) ?? lowest;
  const position =
    place.position ?? freePlace(points, above ? below(above) : [0, 0]);
  const id = document.addLayer({
    entry,
    position,
    after,
    into,
    positions
  });
  model.selection.select([id]);
}
