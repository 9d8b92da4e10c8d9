/** Where tensors go into a model and come out of it. */
import type { JSONValue } from '@lumino/coreutils';
import type { IModelJSON, KerasHistory } from '../keras';
import { callOffset, isInputLayer, layerName, nodeId } from './layerjson';
import { isHistory } from './tensors';
import type { IEnd } from './graph';

/** The inputs of a model, in order. */
export function inputsOf(model: IModelJSON): IEnd[] {
  const { layers, input_layers } = model.config;
  return model.class_name === 'Sequential'
    ? layers.slice(0, 1).filter(isInputLayer).map(endOf)
    : endsIn(model, input_layers);
}

/** The outputs of a model, in order. */
export function outputsOf(model: IModelJSON): IEnd[] {
  const { layers, output_layers } = model.config;
  return model.class_name === 'Sequential'
    ? layers.slice(-1).map(endOf)
    : endsIn(model, output_layers);
}

function endOf(layer: IModelJSON['config']['layers'][number]): IEnd {
  return { node: nodeId(layerName(layer), 0), tensor: 0, key: null };
}

function endsIn(model: IModelJSON, ends: JSONValue | undefined): IEnd[] {
  const byName = new Map(
    model.config.layers.map(layer => [layerName(layer), layer])
  );
  return [...named(ends, null)].map(([[name, call, tensor], key]) => ({
    node: nodeId(name, call - callOffset(byName.get(name))),
    tensor,
    key
  }));
}

/** The tensors in a structure, with the key of the object that each is in; Keras takes keys in alphabetical order. */
function* named(
  value: JSONValue | undefined,
  key: string | null
): Generator<[KerasHistory, string | null]> {
  if (isHistory(value)) {
    yield [value, key];
  } else if (Array.isArray(value)) {
    for (const item of value) {
      yield* named(item, key);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const name of Object.keys(value).sort()) {
      yield* named(value[name], name);
    }
  }
}
