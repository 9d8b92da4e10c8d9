/** Reading a model from a text that may be anything. */
import { JSONExt, type JSONObject, type JSONValue } from '@lumino/coreutils';
import { layerName } from '../graph/layerjson';
import { isHistory, leavesIn } from '../graph/tensors';
import { isObject } from '../isobject';
import type { ILayerJSON, IModelJSON } from '../keras';
import { trans } from '../translation';
import { ORDER } from './depths';
import { parseFloats, withFloats } from './floats';
import { explainSyntax } from './jsonplace';

/** Larger texts are refused: 16 MiB, in UTF-16 units. */
const MAX_LENGTH = 16 * 1024 * 1024;
const MAX_DEPTH = 64;

/** Why a text is not a Keras model. */
export class SourceError extends Error {}

/** What is read, or else why it is not a Keras model, for people. */
export function attempt<T>(read: () => T): [T | null, string | null] {
  try {
    return [read(), null];
  } catch (error) {
    if (error instanceof SourceError) {
      return [null, error.message];
    }
    throw error;
  }
}

/**
 * Reads the text of a model.
 *
 * @throws SourceError, with a message for people.
 */
export function parseModel(text: string): IModelJSON {
  if (text.length > MAX_LENGTH) {
    throw new SourceError(
      trans.__(
        'The text has %1 MiB, more than the 16 MiB that can be opened.',
        Math.ceil(text.length / 1024 / 1024)
      )
    );
  }
  let value: JSONValue;
  try {
    value = JSON.parse(text) as JSONValue;
  } catch (error) {
    throw new SourceError(
      error instanceof SyntaxError ? explainSyntax(text) : String(error)
    );
  }
  check(value);
  return withFloats(value, text) as unknown as IModelJSON;
}

/**
 * Checks that a value is a Keras model.
 *
 * @throws SourceError, with a message for people.
 */
export function check(value: JSONValue): void {
  checkNesting(value, 0);
  checkModel(value);
  if (Object.hasOwn(value as object, ORDER)) {
    throw new SourceError(
      trans.__("The key '%1' is not allowed in a Keras model.", ORDER)
    );
  }
}

/** How deep in a model a value may stand that is set on its own. */
const VALUE_DEPTH = 16;

/**
 * Reads a value that a model is to hold.
 *
 * @throws SyntaxError where it is no JSON, SourceError where no model with it could be opened again.
 */
export function parseValue(text: string): JSONValue {
  const value = JSON.parse(text) as JSONValue;
  checkNesting(value, VALUE_DEPTH);
  return value;
}

/** The same for an argument of a call, in which 2.0 is another number than 2. */
export function parseCallValue(text: string): JSONValue {
  parseValue(text);
  return parseFloats(text);
}

/** Whether a layer is a model whose layers can be shown and changed like those of the document. */
export function isModel(layer: ILayerJSON): boolean {
  try {
    checkModel(layer as unknown as JSONValue);
    return true;
  } catch (error) {
    if (error instanceof SourceError) {
      return false;
    }
    throw error;
  }
}

function checkNesting(value: JSONValue, depth: number): void {
  if (depth > MAX_DEPTH) {
    throw new SourceError(
      trans.__('The JSON is nested more than %1 levels deep.', MAX_DEPTH)
    );
  }
  if (typeof value !== 'object' || value === null) {
    return;
  }
  // Without lists of keys and values: large files have a hundred thousand of them.
  for (const key in value) {
    if (key === '__proto__') {
      throw new SourceError(
        trans.__("The key '%1' is not allowed in a Keras model.", key)
      );
    }
    checkNesting((value as JSONObject)[key] as JSONValue, depth + 1);
  }
}

function checkModel(value: JSONValue): IModelJSON {
  const config = JSONExt.isObject(value) ? value.config : undefined;
  const layers =
    JSONExt.isObject(value) && isObject(config) ? config.layers : undefined;
  if (!JSONExt.isObject(value) || typeof value.class_name !== 'string') {
    throw new SourceError(
      trans.__("This JSON is not a Keras model: it has no 'class_name'.")
    );
  }
  if (!isObject(config) || !Array.isArray(layers)) {
    throw new SourceError(
      trans.__(
        "This JSON is not a Keras model: '%1' has no layers under 'config.layers'.",
        value.class_name
      )
    );
  }
  if (typeof config.name !== 'string') {
    throw new SourceError(
      trans.__("The model has no name under 'config.name'.")
    );
  }
  checkLayers(layers as JSONValue[], value.class_name === 'Sequential');
  return value as unknown as IModelJSON;
}

function checkLayers(layers: JSONValue[], isSequential: boolean): void {
  const names = new Set<string>();
  layers.forEach((layer, i) => {
    const name = checkLayer(layer, i + 1, isSequential);
    if (names.has(name)) {
      throw new SourceError(
        trans.__("Two layers are named '%1'. Names must be unique.", name)
      );
    }
    names.add(name);
  });
}

function checkLayer(
  layer: JSONValue,
  place: number,
  isSequential: boolean
): string {
  if (
    !JSONExt.isObject(layer) ||
    typeof layer.class_name !== 'string' ||
    !isObject(layer.config)
  ) {
    throw new SourceError(
      trans.__(
        "Layer %1: expected an object with 'class_name' and 'config'.",
        place
      )
    );
  }
  const name: unknown = layerName(layer as unknown as ILayerJSON);
  if (typeof name !== 'string' || name === '') {
    throw new SourceError(
      trans.__('Layer %1 (%2) has no name.', place, layer.class_name)
    );
  }
  const calls = layer.inbound_nodes ?? (isSequential ? [] : undefined);
  if (!Array.isArray(calls) || !calls.every(isCall)) {
    throw new SourceError(
      trans.__(
        "Layer '%1' has no calls under 'inbound_nodes' as Keras 3 writes them.",
        name
      )
    );
  }
  return name;
}

function isCall(call: unknown): boolean {
  return (
    isObject(call) &&
    Array.isArray(call.args) &&
    isObject(call.kwargs) &&
    leavesIn([call.args, call.kwargs], isReference).every(tensor => {
      const config: unknown = tensor.config;
      return isObject(config) && isHistory(config.keras_history);
    })
  );
}

function isReference(value: unknown): value is JSONObject {
  return isObject(value) && value.class_name === '__keras_tensor__';
}
