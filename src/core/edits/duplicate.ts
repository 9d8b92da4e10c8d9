/** Copying nodes. */
import type { IPositions } from './edittypes';
import { callsOf, layerName, nodeId, uniqueName } from '../graph/layerjson';
import { mapTensors } from '../graph/tensors';
import type { ILayerJSON, IModelJSON } from '../keras';
import { withoutEmptyCall } from './connect';
import { toFunctional } from './functional';
import {
  layerNames,
  portNames,
  renamed,
  withLayers,
  type PortLookup
} from './steps';
import { positionsOf, withPositions } from './positions';
import { withHistory } from './remove';
import { settle } from './settle';

/** How far a copy stands from its original, to the right and down. */
const OFFSET = 40;

/** The model with copies of some nodes, connected among each other like the originals, and the copies' ids. */
export function duplicated(
  model: IModelJSON,
  nodes: ReadonlySet<string>,
  ports: PortLookup
): [IModelJSON, string[]] {
  const before = toFunctional(model);
  const chosen = before.config.layers.filter(layer =>
    nodesOf(layer).some(id => nodes.has(id))
  );
  if (chosen.length === 0) {
    return [model, []];
  }
  const copies = new Map<string, [string, number]>();
  const taken = layerNames(before);
  for (const layer of chosen) {
    const name = uniqueName(layerName(layer).replace(/_\d+$/, ''), taken);
    taken.add(name);
    nodesOf(layer)
      .filter(id => nodes.has(id))
      .forEach((id, call) => copies.set(id, [name, call]));
  }
  const layers = chosen.map(layer => copied(layer, copies, ports));
  const after = withLayers(before, [...before.config.layers, ...layers]);
  const positions: IPositions = {};
  for (const [id, [name, call]] of copies) {
    const point = positionsOf(before)[id];
    if (point) {
      positions[nodeId(name, call)] = [point[0] + OFFSET, point[1] + OFFSET];
    }
  }
  const ids = [...copies.values()].map(([name, call]) => nodeId(name, call));
  return [withPositions(settle(before, after), positions), ids];
}

function copied(
  layer: ILayerJSON,
  copies: ReadonlyMap<string, [string, number]>,
  ports: PortLookup
): ILayerJSON {
  const ids = nodesOf(layer).filter(id => copies.has(id));
  const [name] = copies.get(ids[0])!;
  const calls = callsOf(layer)
    .filter((_, i) => copies.has(nodeId(layerName(layer), i)))
    .map(call =>
      mapTensors(call, portNames(layer, ports), tensor => {
        const [source, index, output] = tensor.config.keras_history;
        const copy = copies.get(nodeId(source, index));
        return copy ? withHistory(tensor, [...copy, output]) : null;
      })
    );
  return withoutEmptyCall({ ...renamed(layer, name), inbound_nodes: calls });
}

/** The ids of a layer's nodes. */
function nodesOf(layer: ILayerJSON): string[] {
  const count = Math.max(1, callsOf(layer).length);
  return Array.from({ length: count }, (_, i) => nodeId(layerName(layer), i));
}
