/**
 * The shapes that layers of a saved model were built for, as long as an edit leaves them true.
 *
 * Keras builds weights for the shape in a layer's `build_config`, and then refuses another input. Without it, Keras
 * builds them for the input that comes. So it goes with the edit that may have changed the shape of the input.
 */
import type { JSONObject, JSONValue } from '@lumino/coreutils';
import { withLayers } from '../edits/steps';
import { graphOf, withGraphOf } from '../graph/derive';
import { isInputLayer, layerName, nodeId } from '../graph/layerjson';
import { outgoing } from '../graph/walk';
import type { ILayerJSON, IModelJSON } from '../keras';
import { Comparison, isEqual } from './comparison';
import { modelBehind, modelIn, withModelBehind } from './nested';

/** Whether an argument of a layer says nothing of shapes. */
export type KeepsShape = (layer: ILayerJSON, argument: string) => boolean;

/** Something that was edited, without built shapes that may not be true any more. */
interface IResult<T> {
  value: T;
  /** Whether it is known to give the shapes that it gave. */
  givesSame: boolean;
}

/** The model `next`, made of `before`, without built shapes that may not be true any more. */
export function withTrueShapes(
  next: IModelJSON,
  before: IModelJSON,
  keepsShape: KeepsShape
): IModelJSON {
  return trueModel(next, before, keepsShape).value;
}

/** The model without the built shapes of layers that are not the same as in another one. */
export function withoutReturnedShapes(
  model: IModelJSON,
  other: IModelJSON
): IModelJSON {
  const same = new Set(other.config.layers);
  return withLayers(
    model,
    model.config.layers.map(layer =>
      same.has(layer) ? layer : withoutShapes(layer)
    )
  );
}

function trueModel(
  next: IModelJSON,
  before: IModelJSON,
  keepsShape: KeepsShape
): IResult<IModelJSON> {
  const comparison = new Comparison(next, before);
  if (next.config.layers === before.config.layers) {
    return { value: next, givesSame: comparison.hasSameEnds() };
  }
  const edited = new Map<ILayerJSON, ILayerJSON>();
  const takesOther = new Set<string>();
  const givesOther = new Set<string>();
  for (const [layer, nodes] of comparison.changed()) {
    const origin = comparison.originOf(layer);
    const { value, givesSame } = origin
      ? trueLayer(layer, origin, keepsShape)
      : { value: layer, givesSame: false };
    edited.set(layer, value);
    for (const node of nodes) {
      if (!comparison.takesSame(node)) {
        takesOther.add(node);
        givesOther.add(node);
      } else if (!givesSame || !comparison.hasSameValues(node)) {
        givesOther.add(node);
      }
    }
  }
  const graph = graphOf(next);
  for (const node of givesOther) {
    for (const { target } of outgoing(graph, node)) {
      takesOther.add(target);
      givesOther.add(target);
    }
  }
  const layers = next.config.layers.map(layer => {
    const isBuiltForOther =
      takesOther.has(nodeId(layerName(layer), 0)) && !hasInput(layer);
    const value = edited.get(layer) ?? layer;
    return isBuiltForOther ? withoutShapes(value) : value;
  });
  return {
    value: withBuilt(next, layers),
    givesSame:
      comparison.hasSameEnds() &&
      graph.nodes
        .filter(node => node.isInput || node.isOutput)
        .every(node => !givesOther.has(node.id))
  };
}

/** The model with layers that differ at most in the shapes that they, or layers inside them, were built for. */
function withBuilt(model: IModelJSON, layers: ILayerJSON[]): IModelJSON {
  const before = model.config.layers;
  if (layers.every((layer, i) => layer === before[i])) {
    return model;
  }
  const next = withLayers(model, layers);
  return layers.every(({ config }, i) => config === before[i].config)
    ? withGraphOf(next, model)
    : next;
}

/** The same for what is inside a layer: a model, or a layer that is an argument. */
function trueLayer(
  layer: ILayerJSON,
  origin: ILayerJSON,
  keepsShape: KeepsShape
): IResult<ILayerJSON> {
  if (layer.config === origin.config) {
    return { value: layer, givesSame: true };
  }
  const [now, was] = [modelBehind(layer), modelBehind(origin)];
  const inner = now && was ? trueModel(now, was, keepsShape) : null;
  const ofModel = modelIn(layer)
    ? ['layers', 'input_layers', 'output_layers']
    : ['layer'];
  const changed = changedArguments(layer, origin).filter(
    argument => !(inner && ofModel.includes(argument))
  );
  const value =
    inner && inner.value !== now ? withModelBehind(layer, inner.value) : layer;
  return {
    value: withBareArguments(value, changed),
    givesSame:
      (inner?.givesSame ?? true) &&
      changed.every(
        argument => argument === 'name' || keepsShape(layer, argument)
      )
  };
}

/** The arguments whose values differ. */
function changedArguments(layer: ILayerJSON, origin: ILayerJSON): string[] {
  const keys = Object.keys({ ...layer.config, ...origin.config });
  return keys.filter(
    key => !isEqual(layer.config[key] ?? null, origin.config[key] ?? null)
  );
}

/** The layer with the layers among some of its arguments not built yet. */
function withBareArguments(layer: ILayerJSON, names: string[]): ILayerJSON {
  const bare = names
    .filter(name => name in layer.config)
    .map(name => [name, withoutShapes(layer.config[name])] as const)
    .filter(([name, value]) => value !== layer.config[name]);
  return bare.length > 0
    ? { ...layer, config: { ...layer.config, ...Object.fromEntries(bare) } }
    : layer;
}

/** Whether a layer is a model with an input of its own, whose shape it is built for wherever it is called. */
function hasInput(layer: ILayerJSON): boolean {
  return modelIn(layer)?.config.layers.some(isInputLayer) ?? false;
}

/** Values without built shapes, which are not to be looked through after each edit. */
const bareValues = new WeakSet<object>();

/** A value without the shapes that objects in it were built for: the same object where it has none. */
function withoutShapes<T extends JSONValue | ILayerJSON>(value: T): T {
  if (typeof value !== 'object' || value === null || bareValues.has(value)) {
    return value;
  }
  const bare = Array.isArray(value)
    ? bareArray(value)
    : bareObject(value as JSONObject);
  bareValues.add(bare);
  return bare as T;
}

function bareArray(items: JSONValue[]): JSONValue[] {
  const bare = items.map(withoutShapes);
  return bare.some((item, i) => item !== items[i]) ? bare : items;
}

function bareObject(value: JSONObject): JSONObject {
  const isBuilt = 'class_name' in value;
  const left: JSONObject = {};
  let isSame = true;
  for (const key of Object.keys(value)) {
    if (key === 'build_input_shape' || (isBuilt && key === 'build_config')) {
      isSame = false;
    } else {
      const item = value[key] as JSONValue;
      left[key] = withoutShapes(item);
      isSame &&= left[key] === item;
    }
  }
  return isSame ? value : left;
}
