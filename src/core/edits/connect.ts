/** Connecting and disconnecting. */
import type { JSONObject, JSONValue } from '@lumino/coreutils';
import type { ConnectRefusal, ISource, ITarget } from './edittypes';
import { graphOf } from '../graph/derive';
import {
  callsOf,
  isInputLayer,
  layerName,
  nodeId,
  parseNodeId
} from '../graph/layerjson';
import { isTensor, leavesIn, mapTensors, tensorJSON } from '../graph/tensors';
import { downstream, incoming } from '../graph/walk';
import type { ICallJSON, ILayerJSON, IModelJSON, ITensorJSON } from '../keras';
import { toFunctional } from './functional';
import {
  findLayer,
  portNames,
  withCalls,
  withLayer,
  withLayers,
  type PortLookup
} from './steps';
import { settle } from './settle';

const NO_CALL: ICallJSON = { args: [], kwargs: {} };

/** Why the two can't be connected, or null. A port for one tensor that has one already gets the new one instead. */
export function refusal(
  model: IModelJSON,
  source: ISource,
  target: ITarget,
  ports: PortLookup
): ConnectRefusal | null {
  const graph = graphOf(model);
  const node = graph.byId.get(target.node);
  if (!node || node.isInput || !graph.byId.has(source.node)) {
    return 'input';
  }
  if (source.node === target.node) {
    return 'self';
  }
  const [name, call] = parseNodeId(target.node);
  const layer = findLayer(model, name);
  const args = callsOf(layer)[call] ?? NO_CALL;
  const port = portId(layer, args, target.port, ports);
  const same = incoming(graph, target.node).some(
    edge =>
      edge.source === source.node &&
      edge.tensor === source.tensor &&
      edge.port === port
  );
  if (same) {
    return 'duplicate';
  }
  if (downstream(graph, [target.node]).has(source.node)) {
    return 'cycle';
  }
  return isFixed(valueAt(args, port)) ? 'occupied' : null;
}

/** The model with a tensor going into one more argument. */
export function connected(
  model: IModelJSON,
  source: ISource,
  target: ITarget,
  ports: PortLookup
): IModelJSON {
  const before = toFunctional(model);
  return settle(before, joined(before, source, target, ports));
}

/** The same, with its inputs and outputs as they were. */
export function joined(
  model: IModelJSON,
  source: ISource,
  target: ITarget,
  ports: PortLookup
): IModelJSON {
  const [name, index] = parseNodeId(target.node);
  const tensor = referenceTo(model, source);
  return withLayer(model, name, layer => {
    const calls = callsOf(layer).length === 0 ? [NO_CALL] : callsOf(layer);
    return {
      ...layer,
      inbound_nodes: calls.map((call, i) =>
        i === index ? withTensor(layer, call, tensor, target.port, ports) : call
      )
    };
  });
}

/** The model without some edges. */
export function disconnected(
  model: IModelJSON,
  edges: ReadonlySet<string>,
  ports: PortLookup
): IModelJSON {
  if (!graphOf(model).edges.some(edge => edges.has(edge.id))) {
    return model;
  }
  const before = toFunctional(model);
  return settle(before, withoutEdges(before, edges, ports));
}

/** The same, with its inputs and outputs as they were. */
export function withoutEdges(
  model: IModelJSON,
  edges: ReadonlySet<string>,
  ports: PortLookup
): IModelJSON {
  const cut = new Set(
    graphOf(model)
      .edges.filter(edge => edges.has(edge.id))
      .map(edge => `${edge.target} ${edge.port} ${edge.index}`)
  );
  const layers = model.config.layers.map(layer =>
    withoutEmptyCall(
      withCalls(layer, (call, i) =>
        mapTensors(call, portNames(layer, ports), (tensor, port, index) =>
          cut.has(`${nodeId(layerName(layer), i)} ${port} ${index}`)
            ? null
            : tensor
        )
      )
    )
  );
  return withLayers(model, layers);
}

/** A layer whose only call takes nothing any more is one that is not connected yet. */
export function withoutEmptyCall(layer: ILayerJSON): ILayerJSON {
  const [call, ...others] = callsOf(layer);
  return call && others.length === 0 && isEmpty(call)
    ? { ...layer, inbound_nodes: [] }
    : layer;
}

function isEmpty({ args, kwargs }: ICallJSON): boolean {
  return [...args, ...Object.values(kwargs)].every(value => value === null);
}

/** A reference to a tensor, with its shape where the model has it. */
export function referenceTo(
  model: IModelJSON,
  { node, tensor }: ISource
): ITensorJSON {
  const [name, call] = parseNodeId(node);
  for (const layer of model.config.layers) {
    const known = leavesIn(layer.inbound_nodes, isTensor).find(
      ({ config: { keras_history: history } }) =>
        history[0] === name && history[1] === call && history[2] === tensor
    );
    if (known) {
      return known;
    }
    if (layerName(layer) === name && isInputLayer(layer)) {
      const shape = layer.config.batch_shape;
      return tensorJSON(
        [name, call, tensor],
        Array.isArray(shape) ? (shape as (number | null)[]) : undefined
      );
    }
  }
  return tensorJSON([name, call, tensor]);
}

/** The call with the tensor in one more place. */
export function withTensor(
  layer: ILayerJSON,
  call: ICallJSON,
  tensor: ITensorJSON,
  name: string,
  ports: PortLookup
): ICallJSON {
  const value = tensor as unknown as JSONObject;
  const port = portId(layer, call, name, ports);
  const now = valueAt(call, port);
  const entry = ports(layer)?.find(
    (item, i) => item.name === port || String(i) === port
  );
  if (isTensorList(now)) {
    return withValue(call, port, [...now, value]);
  }
  if (entry?.many) {
    return withValue(call, port, isTensor(now) ? [now, value] : [value]);
  }
  return withValue(call, port, value);
}

/** How a port is written: keywords where the call has one, and for what is optional or leaves a gap. */
function portId(
  layer: ILayerJSON,
  call: ICallJSON,
  port: string,
  ports: PortLookup
): string {
  const known = ports(layer) ?? [];
  const position = /^\d+$/.test(port)
    ? Number(port)
    : known.findIndex(({ name, optional }) => name === port && !optional);
  const keyword = known[position]?.name ?? port;
  if (position < 0 || keyword in call.kwargs) {
    return keyword;
  }
  return position <= call.args.length || keyword === port
    ? String(position)
    : keyword;
}

function valueAt(call: ICallJSON, port: string): JSONValue | undefined {
  return /^\d+$/.test(port)
    ? call.args[Number(port)]
    : (call.kwargs[port] as JSONValue | undefined);
}

function withValue(call: ICallJSON, port: string, value: JSONValue): ICallJSON {
  if (!/^\d+$/.test(port)) {
    return { ...call, kwargs: { ...call.kwargs, [port]: value } };
  }
  const length = Math.max(call.args.length, Number(port) + 1);
  const args = Array.from({ length }, (_, i) =>
    i === Number(port) ? value : (call.args[i] ?? null)
  );
  return { ...call, args };
}

/** Whether an argument holds something that is neither a tensor nor a list to put one into. */
function isFixed(value: JSONValue | undefined): boolean {
  return (
    value !== undefined &&
    value !== null &&
    !isTensor(value) &&
    !isTensorList(value)
  );
}

function isTensorList(value: JSONValue | undefined): value is JSONValue[] {
  return Array.isArray(value) && value.every(isTensor);
}
