/** Layers that are called several times: one layer, with the same weights in each call. */
import type { IPositions } from './edittypes';
import { graphOf } from '../graph/derive';
import {
  callsOf,
  isInputLayer,
  layerName,
  nodeId,
  parseNodeId,
  uniqueName
} from '../graph/layerjson';
import { mapTensors } from '../graph/tensors';
import type { ICallJSON, ILayerJSON, IModelJSON } from '../keras';
import { trans } from '../translation';
import { toFunctional } from './functional';
import {
  findLayer,
  layerNames,
  renamed,
  withCalls,
  withLayer,
  withLayers
} from './steps';
import { renumberPositions, withPositions } from './positions';
import { withHistory } from './remove';
import { settle, type Renumber } from './settle';

const NO_CALL: ICallJSON = { args: [], kwargs: {} };

/**
 * The model with one more call of a layer, connected to nothing yet, and the call's node.
 *
 * @throws RangeError for an input layer, which is never called.
 */
export function calledAgain(
  model: IModelJSON,
  name: string,
  positions: (node: string) => IPositions
): [IModelJSON, string] {
  const before = toFunctional(model);
  const layer = findLayer(before, name);
  if (isInputLayer(layer)) {
    throw new RangeError(
      trans.__(
        "The input layer '%1' can't be used again. Add another InputLayer.",
        name
      )
    );
  }
  const calls = callsOf(layer).length === 0 ? [NO_CALL] : callsOf(layer);
  const node = nodeId(name, calls.length);
  const after = withLayer(before, name, item => ({
    ...item,
    inbound_nodes: [...calls, NO_CALL]
  }));
  return [withPositions(settle(before, after), positions(node)), node];
}

/**
 * The model with one call of a shared layer made by a copy of it, and the node that the call is then.
 *
 * @throws RangeError where the layer has no other call.
 */
export function unlinked(
  model: IModelJSON,
  node: string,
  positions: IPositions
): [IModelJSON, string] {
  const [name, index] = parseNodeId(node);
  const layer = findLayer(model, name);
  if (callsOf(layer).length < 2 || !graphOf(model).byId.has(node)) {
    throw new RangeError(trans.__("'%1' is the only call of its layer.", node));
  }
  const copy = uniqueName(name.replace(/_\d+$/, ''), layerNames(model));
  const renumber: Renumber = id => {
    const [other, call] = parseNodeId(id);
    if (other !== name || call < index) {
      return id;
    }
    return call === index ? nodeId(copy, 0) : nodeId(name, call - 1);
  };
  const moved = (item: ILayerJSON): ILayerJSON =>
    withCalls(item, call =>
      mapTensors(call, [], tensor => {
        const [source, at, output] = tensor.config.keras_history;
        const now = renumber(nodeId(source, at));
        return now === null || now === nodeId(source, at)
          ? tensor
          : withHistory(tensor, [...parseNodeId(now), output]);
      })
    );
  const layers = model.config.layers.flatMap(item => {
    const next = moved(item);
    if (layerName(item) !== name) {
      return [next];
    }
    const calls = callsOf(next);
    return [
      { ...next, inbound_nodes: calls.filter((_, i) => i !== index) },
      { ...renamed(next, copy), inbound_nodes: [calls[index]] }
    ];
  });
  const placed = withPositions(model, positions);
  const after = settle(model, withLayers(placed, layers), renumber);
  return [renumberPositions(after, renumber), nodeId(copy, 0)];
}
