/** Removing nodes. */
import { graphOf } from '../graph/derive';
import { callsOf, layerName, nodeId, parseNodeId } from '../graph/layerjson';
import { isTensor, leavesIn, mapTensors } from '../graph/tensors';
import { incoming, outgoing } from '../graph/walk';
import type { ILayerJSON, IModelJSON, ITensorJSON } from '../keras';
import { withoutEmptyCall } from './connect';
import { portNames, withCalls, withLayers, type PortLookup } from './steps';
import { renumberPositions } from './positions';
import { settle, type Renumber } from './settle';

/**
 * The model without some nodes.
 *
 * What a node with one input and one output was fed is given to whom it fed. A layer goes with its last call; its
 * later calls move up.
 */
export function removed(
  model: IModelJSON,
  nodes: ReadonlySet<string>,
  ports: PortLookup
): IModelJSON {
  const renumber = numbering(model, nodes);
  const bridge = bridges(model, nodes);
  const moved = (tensor: ITensorJSON): ITensorJSON | null => {
    const [name, call, output] = tensor.config.keras_history;
    const node = nodeId(name, call);
    if (nodes.has(node)) {
      const source = bridge.get(node);
      return source ? moved(source) : null;
    }
    const now = renumber(node);
    return now === null || now === node
      ? tensor
      : withHistory(tensor, [name, Number(now.slice(name.length + 1)), output]);
  };
  const affected = new Set(
    graphOf(model)
      .edges.filter(({ source }) => renumber(source) !== source)
      .map(({ target }) => parseNodeId(target)[0])
  );
  const layers = model.config.layers
    .map(layer => withoutCalls(layer, nodes))
    .filter(layer => layer !== null)
    .map(layer => {
      if (!affected.has(layerName(layer))) {
        return layer;
      }
      const mapped = withCalls(layer, call =>
        mapTensors(call, portNames(layer, ports), moved)
      );
      return mapped === layer ? layer : withoutEmptyCall(mapped);
    });
  const next = withLayers(model, layers);
  return renumberPositions(settle(model, next, renumber), renumber);
}

/** The tensor reference, to another tensor. */
export function withHistory(
  tensor: ITensorJSON,
  keras_history: [string, number, number]
): ITensorJSON {
  return { ...tensor, config: { ...tensor.config, keras_history } };
}

function numbering(model: IModelJSON, nodes: ReadonlySet<string>): Renumber {
  const now = new Map<string, string>();
  const left = new Map<string, number>();
  for (const { id, layer } of graphOf(model).nodes) {
    if (!nodes.has(id)) {
      const call = left.get(layer) ?? 0;
      now.set(id, nodeId(layer, call));
      left.set(layer, call + 1);
    }
  }
  return node => now.get(node) ?? null;
}

/** What each of the nodes was fed, where it can be given on: from its one input to its one output. */
function bridges(
  model: IModelJSON,
  nodes: ReadonlySet<string>
): Map<string, ITensorJSON> {
  const graph = graphOf(model);
  const found = new Map<string, ITensorJSON>();
  for (const layer of model.config.layers) {
    callsOf(layer).forEach((call, i) => {
      const id = nodeId(layerName(layer), i);
      if (
        nodes.has(id) &&
        incoming(graph, id).length === 1 &&
        outgoing(graph, id).length === 1 &&
        outgoing(graph, id)[0].tensor === 0
      ) {
        const [tensor] = leavesIn([call.args, call.kwargs], isTensor);
        found.set(id, tensor);
      }
    });
  }
  return found;
}

/** The layer without some of its calls; null when none is left. */
function withoutCalls(
  layer: ILayerJSON,
  nodes: ReadonlySet<string>
): ILayerJSON | null {
  const isLeft = (_: unknown, i: number): boolean =>
    !nodes.has(nodeId(layerName(layer), i));
  const calls = callsOf(layer);
  const left = calls.filter(isLeft);
  if (left.length === calls.length && isLeft(null, 0)) {
    return layer;
  }
  return left.length === 0
    ? null
    : withoutEmptyCall({ ...layer, inbound_nodes: left });
}
