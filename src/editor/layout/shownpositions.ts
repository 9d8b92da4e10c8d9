/** Where nodes are shown: as the document says, else as the layout says. */
import {
  positionsOf,
  type EditorModel,
  type INode,
  type IPositions,
  type Point
} from '../../core';

/** The place of a node, or undefined while it has none yet. */
export function shownPosition(
  model: EditorModel,
  node: string
): Point | undefined {
  return (
    (model.document.shown && positionsOf(model.document.shown)[node]) ??
    model.layout.value.get(node)
  );
}

/** All shown places: an edit writes them, so that what was seen is what is saved. */
export function shownPositions(model: EditorModel): IPositions {
  const positions: IPositions = {};
  for (const node of model.document.graph.nodes) {
    const point = shownPosition(model, node.id);
    if (point) {
      positions[node.id] = point;
    }
  }
  return positions;
}

/** Forgets all positions, so that the layout computes them again. */
export function tidy(model: EditorModel): void {
  model.layout.set(new Map());
  model.document.tidy();
}

/** Nodes that have no place yet. */
export function unplaced(model: EditorModel): INode[] {
  return model.document.graph.nodes.filter(
    node => !shownPosition(model, node.id)
  );
}
