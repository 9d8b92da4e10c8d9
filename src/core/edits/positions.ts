/** Where nodes stand on the canvas. */
import type { IPositions, Point } from './edittypes';
import type { JSONObject, JSONValue } from '@lumino/coreutils';
import { graphOf } from '../graph/derive';
import { nodeId, parseNodeId } from '../graph/layerjson';
import { isObject } from '../isobject';
import type { IModelJSON } from '../keras';
import { layerNames, withKerasviz } from './steps';
import type { Renumber } from './settle';

const shown = new WeakMap<JSONObject, IPositions>();
const NONE: JSONObject = {};

/** Where a file has positions, whatever they are. */
export function writtenPositions(model: IModelJSON): JSONObject {
  const positions: unknown = model.kerasviz?.positions;
  return isObject(positions) ? positions : NONE;
}

/** The positions that can be shown: the same object for the same model. */
export function positionsOf(model: IModelJSON): IPositions {
  const written = writtenPositions(model);
  let positions = shown.get(written);
  if (!positions) {
    positions = Object.fromEntries(
      Object.entries(written).filter(([, point]) => isPoint(point))
    ) as IPositions;
    shown.set(written, positions);
  }
  return positions;
}

function isPoint(value: unknown): value is Point {
  return (
    Array.isArray(value) && value.length === 2 && value.every(Number.isFinite)
  );
}

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
          ...(writtenPositions(model) as IPositions),
          ...Object.fromEntries(known)
        }
      });
}

/** The model with no position for any of its nodes; those of models inside it stay. */
export function withoutPositions(model: IModelJSON): IModelJSON {
  const positions = writtenPositions(model);
  if (positions === NONE) {
    return model;
  }
  const inside = Object.entries(positions).filter(([node]) =>
    node.includes('/')
  );
  return withKerasviz(model, {
    positions:
      inside.length > 0 ? (Object.fromEntries(inside) as IPositions) : undefined
  });
}

/** The model with each position at what became of its node. */
export function renumberPositions(
  model: IModelJSON,
  renumber: Renumber
): IModelJSON {
  const positions = writtenPositions(model);
  if (positions === NONE) {
    return model;
  }
  const layers = layerNames(model);
  const moved: Record<string, JSONValue | undefined> = {};
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
  return withKerasviz(model, { positions: moved as IPositions });
}
