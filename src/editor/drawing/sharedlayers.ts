/** Layers that are called several times. */
import type { EditorModel } from '../../core';
import { CARD, freePlace, GAP, shownPositions } from '../layout';

/** Calls the layer of a node once more, beside it, and selects the new call. */
export function callAgain(model: EditorModel, node: string): void {
  const positions = shownPositions(model);
  const [x, y] = positions[node] ?? [0, 0];
  const place = freePlace(Object.values(positions), [
    x + CARD.width + GAP.x,
    y
  ]);
  model.selection.select([model.document.callAgain(node, positions, place)]);
}

/** Gives a call a layer of its own, and selects it. */
export function unlink(model: EditorModel, node: string): void {
  model.selection.select([model.document.unlink(node, shownPositions(model))]);
}
