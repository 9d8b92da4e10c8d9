/** Derives the graph of a model. What was found in a layer is kept as long as the layer does not change. */
import type { JSONObject, JSONValue } from '@lumino/coreutils';
import type { ICallJSON, ILayerJSON, IModelJSON } from '../keras';
import { inputsOf, outputsOf } from './modelends';
import { callsOf, isInputLayer, layerName, nodeId } from './layerjson';
import { isTensor, leavesIn, portsIn } from './tensors';
import type { IEdge, IGraph, INode } from './graph';

/** The graph of no model. */
export const EMPTY_GRAPH: IGraph = {
  nodes: [],
  edges: [],
  inputs: [],
  outputs: [],
  byId: new Map(),
  sequential: false
};

const graphs = new WeakMap<IModelJSON, IGraph>();

/** What was found in a layer: in its config and its calls, and in nothing else of it that changes. */
interface IFound {
  name: string;
  class_name: string;
  calls: readonly ICallJSON[];
  nodes: INode[];
  edges: readonly IEdge[] | null;
}

/** By the config of a layer. */
const foundIn = new WeakMap<JSONObject, IFound>();

/** The graph of a model; the same object for the same model. */
export function graphOf(model: IModelJSON): IGraph {
  let graph = graphs.get(model);
  if (!graph) {
    graph = derive(model);
    graphs.set(model, graph);
  }
  return graph;
}

/** Gives a model the graph of another one, from which it differs in nothing that a graph shows. */
export function withGraphOf(model: IModelJSON, other: IModelJSON): IModelJSON {
  graphs.set(model, graphOf(other));
  return model;
}

function derive(model: IModelJSON): IGraph {
  const sequential = model.class_name === 'Sequential';
  const { layers } = model.config;
  const edges = sequential ? chainEdges(layers) : layers.flatMap(layerEdges);
  const used = new Map<string, number>();
  const outputs = outputsOf(model);
  const isOutput = new Set(outputs.map(({ node }) => node));
  const use = (node: string, tensor: number): void => {
    used.set(node, Math.max(used.get(node) ?? 1, tensor + 1));
  };
  edges.forEach(({ source, tensor }) => use(source, tensor));
  outputs.forEach(({ node, tensor }) => use(node, tensor));
  const byId = new Map<string, INode>();
  for (const layer of layers) {
    const calls = Math.max(1, callsOf(layer).length);
    for (let call = 0; call < calls; call++) {
      const id = nodeId(layerName(layer), call);
      byId.set(id, nodeOf(layer, call, used.get(id) ?? 1, isOutput.has(id)));
    }
  }
  return {
    nodes: [...byId.values()],
    edges: edges.filter(edge => byId.has(edge.source)),
    inputs: inputsOf(model),
    outputs,
    byId,
    sequential
  };
}

function foundOf(layer: ILayerJSON): IFound {
  const { class_name, config } = layer;
  const [name, calls] = [layerName(layer), callsOf(layer)];
  let found = foundIn.get(config);
  if (
    found?.name !== name ||
    found.class_name !== class_name ||
    found.calls !== calls
  ) {
    found = { name, class_name, calls, nodes: [], edges: null };
    foundIn.set(config, found);
  }
  return found;
}

function nodeOf(
  layer: ILayerJSON,
  call: number,
  outputs: number,
  isOutput: boolean
): INode {
  const known = foundOf(layer).nodes;
  if (known[call]?.outputs !== outputs || known[call]?.isOutput !== isOutput) {
    known[call] = {
      id: nodeId(layerName(layer), call),
      layer: layerName(layer),
      call,
      calls: Math.max(1, callsOf(layer).length),
      class_name: layer.class_name,
      module: layer.module,
      registered_name: layer.registered_name,
      config: layer.config,
      values: valuesOf(layer, call),
      outputs,
      isInput: isInputLayer(layer),
      isOutput
    };
  }
  return known[call];
}

function valuesOf(layer: ILayerJSON, call: number): [string, JSONValue][] {
  const item = callsOf(layer)[call];
  return item
    ? portsIn(item).filter(
        ([, value]) => value !== null && leavesIn(value, isTensor).length === 0
      )
    : [];
}

/** The edges into the calls of a layer. */
function layerEdges(layer: ILayerJSON): readonly IEdge[] {
  const found = foundOf(layer);
  if (!found.edges) {
    found.edges = callsOf(layer).flatMap((call, i) =>
      portsIn(call).flatMap(([port, value]) =>
        leavesIn(value, isTensor).map((tensor, index) => {
          const [name, sourceCall, output] = tensor.config.keras_history;
          const target = nodeId(layerName(layer), i);
          return edge(nodeId(name, sourceCall), output, target, port, index);
        })
      )
    );
  }
  return found.edges;
}

/** The edges that a Sequential implies. */
function chainEdges(layers: readonly ILayerJSON[]): IEdge[] {
  const ids = layers.map(layer => nodeId(layerName(layer), 0));
  return ids.slice(1).map((id, i) => edge(ids[i], 0, id, '0', 0));
}

function edge(
  source: string,
  tensor: number,
  target: string,
  port: string,
  index: number
): IEdge {
  const id = `${source}.${tensor}>${target}.${port}.${index}`;
  return { id, source, tensor, target, port, index };
}
