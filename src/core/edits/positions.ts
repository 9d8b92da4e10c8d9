/** Where nodes stand on the canvas. */
import type { IPositions } from '../document/types';
import { graphOf } from '../graph/derive';
import type { IModelJSON } from '../keras';
import { withKerasviz } from './layers';
import type { Renumber } from './settle';

/** The model with some nodes standing elsewhere. */
export function withPositions(
  model: IModelJSON,
  positions: IPositions
): IModelJSON {
  const { byId } = graphOf(model);
  const known = Object.entries(positions).filter(([node]) => byId.has(node));
  return known.length === 0
    ? model
    : withKerasviz(model, {
        positions: {
          ...model.kerasviz?.positions,
          ...Object.fromEntries(known)
        }
      });
}

/** The model with no position at all. */
export function withoutPositions(model: IModelJSON): IModelJSON {
  return model.kerasviz?.positions
    ? withKerasviz(model, { positions: undefined })
    : model;
}

/** The model with each position at what became of its node. */
export function renumberPositions(
  model: IModelJSON,
  renumber: Renumber
): IModelJSON {
  const positions = model.kerasviz?.positions;
  if (!positions) {
    return model;
  }
  const moved: IPositions = {};
  for (const [node, point] of Object.entries(positions)) {
    const now = renumber(node);
    if (now !== null) {
      moved[now] = point;
    }
  }
  return withKerasviz(model, { positions: moved });
}
