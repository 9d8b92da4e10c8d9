/** What of a model gives tensors of the same shapes as in another: its file, before the edits. */
import { JSONExt, type PartialJSONValue } from '@lumino/coreutils';
import { graphOf } from '../graph/derive';
import {
  callOffset,
  callsOf,
  layerName,
  nodeId,
  parseNodeId
} from '../graph/layers';
import { isHistory, isTensor, leavesIn } from '../graph/tensors';
import type { INode } from '../graph/graph';
import { incoming, outgoing } from '../graph/walk';
import type { ILayerJSON, IModelJSON, Shape } from '../keras';
import { modelIn } from './nested';

/** Node id to the shapes that it puts out; none where it can't be computed. */
export type NodeShapes = ReadonlyMap<string, { shapes: readonly Shape[] }>;

/** What is known of shapes besides what the file says. */
export interface IShapeKnowledge {
  /** The shapes that the nodes of this very model put out, as Keras computed them; undefined where it has not. */
  shapesOf(model: IModelJSON): NodeShapes | undefined;
  /** Whether an argument of a layer says nothing of shapes. */
  keepsShape(layer: ILayerJSON, argument: string): boolean;
}

export interface IUnchanged {
  /** The layer of the other model that a layer was, by its name now. */
  origins: ReadonlyMap<string, ILayerJSON>;
  /** Nodes that take the same as before. */
  inputs: ReadonlySet<string>;
  /** Nodes that give the same as before. */
  outputs: ReadonlySet<string>;
}

/** Compares a model with what it was; nodes that are not named may have changed. */
export function unchangedNodes(
  model: IModelJSON,
  original: IModelJSON,
  known: IShapeKnowledge
): IUnchanged {
  const origins = originsOf(model, original);
  const now = graphOf(model);
  const was = graphOf(original);
  const originId = (id: string): string => {
    const [name, call] = parseNodeId(id);
    const origin = origins.get(name);
    return origin ? nodeId(layerName(origin), call) : '';
  };
  const hasSameEdges = (node: INode): boolean => {
    const before = incoming(was, originId(node.id));
    const after = incoming(now, node.id);
    return (
      was.byId.has(originId(node.id)) &&
      before.length === after.length &&
      after.every(
        ({ source, tensor, port, index }, i) =>
          originId(source) === before[i].source &&
          tensor === before[i].tensor &&
          port === before[i].port &&
          index === before[i].index
      )
    );
  };
  const layers = new Map(model.config.layers.map(l => [layerName(l), l]));
  const written = shapesWritten(original);
  const isSame = (node: INode): boolean =>
    hasSameEdges(node) &&
    isEqual(node.values, was.byId.get(originId(node.id))!.values) &&
    givesSame(layers.get(node.layer)!, origins.get(node.layer)!, known);
  const isKnownSame = (id: string): boolean => {
    const before = written.get(originId(id));
    const shapes = shapesNow(layers.get(parseNodeId(id)[0])!, id, model, known);
    return (
      before !== undefined &&
      before.every(
        (shape, i) => shapes[i] !== undefined && isEqual(shape, shapes[i])
      )
    );
  };
  const changed = new Set(
    now.nodes
      .filter(node => !isSame(node) && !isKnownSame(node.id))
      .map(node => node.id)
  );
  for (const node of changed) {
    outgoing(now, node)
      .filter(({ target }) => !isKnownSame(target))
      .forEach(({ target }) => changed.add(target));
  }
  return {
    origins,
    inputs: new Set(
      now.nodes
        .filter(hasSameEdges)
        .map(node => node.id)
        .filter(id =>
          incoming(now, id).every(edge => !changed.has(edge.source))
        )
    ),
    outputs: new Set([...now.byId.keys()].filter(id => !changed.has(id)))
  };
}

/** The shapes of the tensors that references name, as Keras wrote them; undefined items for tensors nobody takes. */
function shapesWritten(model: IModelJSON): Map<string, Shape[]> {
  const written = new Map<string, Shape[]>();
  const calls = model.config.layers.flatMap(callsOf);
  for (const { config } of calls.flatMap(call =>
    leavesIn([call.args, call.kwargs], isTensor)
  )) {
    const [name, call, tensor] = config.keras_history;
    const shapes = written.get(nodeId(name, call)) ?? [];
    shapes[tensor] = config.shape;
    written.set(nodeId(name, call), shapes);
  }
  return written;
}

/** The shapes that Keras computed for a node, or for the ends of the model that it is a call of. */
function shapesNow(
  layer: ILayerJSON,
  node: string,
  model: IModelJSON,
  known: IShapeKnowledge
): readonly (Shape | undefined)[] {
  const shapes = known.shapesOf(model)?.get(node)?.shapes;
  const inner = modelIn(layer);
  const inside = inner && known.shapesOf(inner);
  return shapes || !inside
    ? (shapes ?? [])
    : leavesIn(inner.config.output_layers, isHistory).map(
        ([name, call, tensor]) => {
          const giver = inner.config.layers.find(l => layerName(l) === name);
          const end = nodeId(name, call - callOffset(giver));
          return inside.get(end)?.shapes[tensor];
        }
      );
}

/** A layer keeps its origin by its name; one that was renamed, by its place. */
function originsOf(
  model: IModelJSON,
  original: IModelJSON
): Map<string, ILayerJSON> {
  const before = new Map(original.config.layers.map(l => [layerName(l), l]));
  const names = new Set(model.config.layers.map(layerName));
  const origins = new Map<string, ILayerJSON>();
  model.config.layers.forEach((layer, i) => {
    const there = original.config.layers[i];
    const origin =
      before.get(layerName(layer)) ??
      (there && !names.has(layerName(there)) ? there : undefined);
    if (origin && origin.class_name === layer.class_name) {
      origins.set(layerName(layer), origin);
    }
  });
  return origins;
}

function givesSame(
  layer: ILayerJSON,
  origin: ILayerJSON,
  known: IShapeKnowledge
): boolean {
  if (layer.config === origin.config) {
    return true;
  }
  const [inner, before] = [modelIn(layer), modelIn(origin)];
  return changedArguments(layer, origin).every(
    argument =>
      argument === 'name' ||
      known.keepsShape(layer, argument) ||
      (argument === 'layers' &&
        inner !== null &&
        before !== null &&
        endsGiveSame(inner, before, known))
  );
}

function endsGiveSame(
  model: IModelJSON,
  original: IModelJSON,
  known: IShapeKnowledge
): boolean {
  const { outputs } = unchangedNodes(model, original, known);
  return graphOf(model)
    .nodes.filter(node => node.isOutput || node.isInput)
    .every(node => outputs.has(node.id));
}

/** The arguments whose values differ. */
export function changedArguments(
  layer: ILayerJSON,
  origin: ILayerJSON
): string[] {
  const keys = Object.keys({ ...layer.config, ...origin.config });
  return keys.filter(
    key =>
      layer.config[key] !== origin.config[key] &&
      !isEqual(layer.config[key] ?? null, origin.config[key] ?? null)
  );
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSONExt.deepEqual(one as PartialJSONValue, other as PartialJSONValue);
}
