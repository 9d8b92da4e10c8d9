/** Where nodes stand on the canvas. */
import type { IPositions } from './edittypes';
import { graphOf } from '../graph/derive';
import { nodeId, parseNodeId } from '../graph/layers';
import type { IModelJSON } from '../keras';
import { layerNames, withKerasviz } from './steps';
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

/** The model with no position for any of its nodes; those of models inside it stay. */
export function withoutPositions(model: IModelJSON): IModelJSON {
  const positions = model.kerasviz?.positions;
  if (!positions) {
    return model;
  }
  const inside = Object.entries(positions).filter(([node]) =>
    node.includes('/')
  );
  return withKerasviz(model, {
    positions: inside.length > 0 ? Object.fromEntries(inside) : undefined
  });
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
  const layers = layerNames(model);
  const moved: IPositions = {};
  for (const [node, point] of Object.entries(positions)) {
    const [outer, ...inside] = node.split('/');
    if (inside.length > 0) {
      const [name] = parseNodeId(renumber(nodeId(outer, 0)) ?? `${outer}:0`);
      if (layers.has(name)) {
        moved[[name, ...inside].join('/')] = point;
      }
      continue;
    }
    const now = renumber(node);
    if (now !== null) {
      moved[now] = point;
    }
  }
  return withKerasviz(model, { positions: moved });
}
