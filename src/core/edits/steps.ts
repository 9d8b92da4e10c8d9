/** Small steps that the edits of a model are made of. Models are never changed: each step gives a new one. */
import type { JSONObject, JSONValue } from '@lumino/coreutils';
import type { IPort } from '../catalog/catalog';
import type {
  ICallJSON,
  IKerasvizJSON,
  ILayerJSON,
  IModelJSON
} from '../keras';
import { callsOf, layerName } from '../graph/layerjson';
import { isObject } from '../isobject';
import { trans } from '../translation';

/** The arguments of a layer's `call` that take tensors; undefined where nobody knows the class. */
export type PortLookup = (layer: ILayerJSON) => readonly IPort[] | undefined;

/** The model with other layers. */
export function withLayers(
  model: IModelJSON,
  layers: ILayerJSON[]
): IModelJSON {
  return { ...model, config: { ...model.config, layers } };
}

/** The model with one layer changed. */
export function withLayer(
  model: IModelJSON,
  name: string,
  change: (layer: ILayerJSON) => ILayerJSON
): IModelJSON {
  return withLayers(
    model,
    model.config.layers.map(layer =>
      layerName(layer) === name ? change(layer) : layer
    )
  );
}

/** The layer with its calls mapped: the same object when none changed. */
export function withCalls(
  layer: ILayerJSON,
  map: (call: ICallJSON, index: number) => ICallJSON
): ILayerJSON {
  const calls = callsOf(layer);
  const mapped = calls.map(map);
  return mapped.every((call, i) => call === calls[i])
    ? layer
    : { ...layer, inbound_nodes: mapped };
}

/** The layer of that name. */
export function findLayer(model: IModelJSON, name: string): ILayerJSON {
  const found = model.config.layers.find(layer => layerName(layer) === name);
  if (!found) {
    throw new RangeError(trans.__("The model has no layer '%1'.", name));
  }
  return found;
}

/** The names of all layers. */
export function layerNames(model: IModelJSON): Set<string> {
  return new Set(model.config.layers.map(layerName));
}

/** The layer under another name. */
export function renamed(layer: ILayerJSON, name: string): ILayerJSON {
  const config = { ...layer.config, name };
  return 'name' in layer ? { ...layer, name, config } : { ...layer, config };
}

/** The names of a layer's ports. */
export function portNames(layer: ILayerJSON, ports: PortLookup): string[] {
  return (ports(layer) ?? []).map(port => port.name);
}

/** What kerasviz keeps beside the model, changed. */
export function withKerasviz(
  model: IModelJSON,
  values: Partial<IKerasvizJSON>
): IModelJSON {
  const kerasviz = assign(
    isObject(model.kerasviz) ? model.kerasviz : { version: 1 },
    values as Partial<JSONObject>
  );
  return { ...model, kerasviz: kerasviz as unknown as IKerasvizJSON };
}

/** A copy of `object` with `values` set; a value `undefined` removes its key. */
export function assign(
  object: JSONObject,
  values: { [key: string]: JSONValue | undefined }
): JSONObject {
  return Object.fromEntries(
    Object.entries({ ...object, ...values }).filter(
      ([, value]) => value !== undefined
    )
  ) as JSONObject;
}
