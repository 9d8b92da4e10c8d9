/** The shapes that layers of a saved model were built for. */
import {
  JSONExt,
  type JSONObject,
  type JSONValue,
  type PartialJSONValue
} from '@lumino/coreutils';
import { withLayers } from '../edits/layers';
import { graphOf } from '../graph/derive';
import { layerName, parseNodeId } from '../graph/layers';
import type { IGraph, INode } from '../graph/types';
import { downstream, incoming, outgoing } from '../graph/walk';
import type { ILayerJSON, IModelJSON } from '../keras';
import { modelIn } from './nested';

/**
 * The model without the `build_config` of layers whose input may have another shape than in `original`.
 *
 * Keras would build their weights for the shape in there, and then refuse the input. Without, it builds them for
 * the input they get.
 */
export function withoutStaleShapes(
  model: IModelJSON,
  original: IModelJSON
): IModelJSON {
  const was = graphOf(original);
  const now = graphOf(model);
  const changed = now.nodes.flatMap(node => {
    const before = was.byId.get(node.id);
    if (!before || inputsOf(was, node) !== inputsOf(now, node)) {
      return [node.id];
    }
    return isSame(before, node)
      ? []
      : outgoing(now, node.id).map(edge => edge.target);
  });
  const stale = new Set(
    [...downstream(now, changed)].map(id => parseNodeId(id)[0])
  );
  const byName = new Map(
    original.config.layers.map(layer => [layerName(layer), layer])
  );
  return withLayers(
    model,
    model.config.layers.map(layer => {
      const before = byName.get(layerName(layer));
      const isStale = stale.has(layerName(layer));
      const inside =
        before && before !== layer ? withoutStaleInside(layer, before) : layer;
      const free =
        isStale || (before && before.config !== layer.config)
          ? withoutWrappedShapes(inside)
          : inside;
      if (!('build_config' in free) || !isStale) {
        return free;
      }
      const { build_config: _, ...rest } = free;
      return rest;
    })
  );
}

/** The layer without the shapes that the layers in its arguments were built for: what a wrapper wraps. */
function withoutWrappedShapes(layer: ILayerJSON): ILayerJSON {
  if (modelIn(layer)) {
    return layer;
  }
  const config = withoutShapes(layer.config) as JSONObject;
  return config === layer.config ? layer : { ...layer, config };
}

/** The same value where there is no shape in it. */
function withoutShapes(value: JSONValue): JSONValue {
  if (Array.isArray(value)) {
    const items = value.map(withoutShapes);
    return items.every((item, i) => item === value[i]) ? value : items;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value as JSONObject)
    .filter(([key]) => !('class_name' in value && key === 'build_config'))
    .map(([key, item]): [string, JSONValue] => [key, withoutShapes(item)]);
  const isSame =
    entries.length === Object.keys(value).length &&
    entries.every(([key, item]) => item === value[key]);
  return isSame ? value : Object.fromEntries(entries);
}

/** The same for the model that a layer is. */
function withoutStaleInside(layer: ILayerJSON, before: ILayerJSON): ILayerJSON {
  const [now, was] = [modelIn(layer), modelIn(before)];
  return now && was
    ? (withoutStaleShapes(now, was) as unknown as ILayerJSON)
    : layer;
}

function inputsOf(graph: IGraph, node: INode): string {
  return incoming(graph, node.id)
    .map(edge => edge.id)
    .join();
}

function isSame(a: INode, b: INode): boolean {
  return (
    a.class_name === b.class_name &&
    JSON.stringify(a.values) === JSON.stringify(b.values) &&
    JSONExt.deepEqual(
      a.config as PartialJSONValue,
      b.config as PartialJSONValue
    )
  );
}
