/** Models inside models: a layer that is a model itself, or wraps one, found by the names of the layers that lead to it. */
import type { JSONObject } from '@lumino/coreutils';
import { writtenPositions } from '../edits/positions';
import { withKerasviz, withLayer } from '../edits/steps';
import { settle } from '../edits/settle';
import { layerName } from '../graph/layerjson';
import type { ILayerJSON, IModelJSON } from '../keras';
import { isModel } from './source';
import type { IPositions } from '../edits/edittypes';

/** The names of the layers from the document's model down to a model inside it. */
export type ModelPath = readonly string[];

/** The model in a layer; null where the layer is none, or one that can't be shown. */
export function modelIn(layer: ILayerJSON): IModelJSON | null {
  return 'layers' in layer.config && isModel(layer)
    ? (layer as unknown as IModelJSON)
    : null;
}

/** The model that a layer is, or that it wraps, as `TimeDistributed` does; null where there is none. */
export function modelBehind(layer: ILayerJSON): IModelJSON | null {
  const inside = layer.config.layer as unknown as ILayerJSON | undefined;
  return modelIn(layer) ?? (inside ? modelIn(inside) : null);
}

/** The layer with another model behind it. */
export function withModelBehind(
  layer: ILayerJSON,
  model: IModelJSON
): ILayerJSON {
  const inside = model as unknown as ILayerJSON;
  return modelIn(layer)
    ? inside
    : {
        ...layer,
        config: { ...layer.config, layer: inside as unknown as JSONObject }
      };
}

/** The model at a path, or null where there is none. */
export function modelAt(model: IModelJSON, path: ModelPath): IModelJSON | null {
  let found: IModelJSON | null = model;
  for (const name of path) {
    const layer = layerIn(found, name);
    found = layer ? modelBehind(layer) : null;
    if (!found) {
      return null;
    }
  }
  return found;
}

/** Whether the model at a path is a layer itself: not the document's, nor one that a layer wraps. */
export function isLayerAt(model: IModelJSON, path: ModelPath): boolean {
  const around = modelAt(model, path.slice(0, -1));
  const layer = around && layerIn(around, path[path.length - 1]);
  return !!layer && modelIn(layer) !== null;
}

function layerIn(model: IModelJSON, name: string): ILayerJSON | undefined {
  return model.config.layers.find(item => layerName(item) === name);
}

/** The path as far as it leads to models. */
export function existingPath(model: IModelJSON, path: ModelPath): ModelPath {
  let end = path.length;
  while (end > 0 && !modelAt(model, path.slice(0, end))) {
    end--;
  }
  return end === path.length ? path : path.slice(0, end);
}

const shown = new WeakMap<IModelJSON, Map<string, IModelJSON | null>>();

/** The model at a path with the positions of its nodes, as if it were the document's; the same object for the same. */
export function shownAt(model: IModelJSON, path: ModelPath): IModelJSON | null {
  if (path.length === 0) {
    return model;
  }
  const known = shown.get(model) ?? new Map<string, IModelJSON | null>();
  shown.set(model, known);
  const prefix = prefixOf(path);
  if (!known.has(prefix)) {
    const inner = modelAt(model, path);
    const positions = Object.entries(writtenPositions(model))
      .filter(([node]) => node.startsWith(prefix))
      .map(([node, point]) => [node.slice(prefix.length), point]);
    const kerasviz = positions.length > 0 && {
      version: 1 as const,
      positions: Object.fromEntries(positions) as IPositions
    };
    known.set(prefix, inner && { ...inner, ...(kerasviz && { kerasviz }) });
  }
  return known.get(prefix) ?? null;
}

/** The document's model with what `shownAt` gave made another. */
export function withShownAt(
  model: IModelJSON,
  path: ModelPath,
  next: IModelJSON
): IModelJSON {
  if (path.length === 0) {
    return next;
  }
  const { kerasviz, ...inner } = next;
  const edited = withModelAt(model, path, inner);
  const prefix = prefixOf(path);
  const before = Object.entries(writtenPositions(model));
  const outside = before.filter(([node]) => !node.startsWith(prefix));
  const inside = Object.entries(kerasviz?.positions ?? {}).map(
    ([node, point]) => [`${prefix}${node}`, point]
  );
  return inside.length === 0 && outside.length === before.length
    ? edited
    : withKerasviz(edited, {
        positions: Object.fromEntries([...outside, ...inside]) as IPositions
      });
}

/** The document's model with another model at a path. */
function withModelAt(
  model: IModelJSON,
  path: ModelPath,
  next: IModelJSON
): IModelJSON {
  const [name, ...rest] = path;
  if (name === undefined) {
    return isSame(model, next) ? model : next;
  }
  const inner = modelAt(model, [name])!;
  const changed = withModelAt(inner, rest, next);
  return changed === inner
    ? model
    : // A Sequential that became Functional counts its calls otherwise.
      settle(
        model,
        withLayer(model, name, layer => withModelBehind(layer, changed))
      );
}

function isSame(a: IModelJSON, b: IModelJSON): boolean {
  const others = new Map<string, unknown>(Object.entries(b));
  return (
    Object.keys(a).length === others.size &&
    Object.entries(a).every(([key, value]) => others.get(key) === value)
  );
}

/** What the document puts before the ids of the nodes of a model inside it. */
function prefixOf(path: ModelPath): string {
  return path.map(name => `${name}/`).join('');
}
