/** Tells a model that an older Keras wrote by what is seen in it. */
import { JSONExt, type JSONObject, type JSONValue } from '@lumino/coreutils';

/** How deep the config stands in what older releases, and converters, put around it; texts count as a level. */
const MAX_AROUND = 4;
const AROUND = ['modelTopology', 'model_config'];

/**
 * Whether a value, or a text of JSON, is what Keras 1 or 2 writes: it says so, or has what Keras 3 never has.
 *
 * A text that is no JSON is nobody's.
 */
export function isOlder(value: JSONValue | undefined, around = 0): boolean {
  if (around > MAX_AROUND) {
    return false;
  }
  if (typeof value === 'string') {
    return isOlder(parsed(value), around + 1);
  }
  if (!isMap(value)) {
    return false;
  }
  const { keras_version: version, config } = value;
  const layers = isMap(config) ? config.layers : config;
  return (
    (typeof version === 'string' && /^[012]\./.test(version)) ||
    (Array.isArray(layers) &&
      (layers === config || layers.some(isOlderLayer))) ||
    AROUND.some(key => isOlder(value[key], around + 1))
  );
}

/** What was seen in layers: an edit leaves most of them as they are. */
const seen = new WeakMap<JSONObject, boolean>();

function isOlderLayer(layer: JSONValue): boolean {
  if (!isMap(layer)) {
    return false;
  }
  const known = seen.get(layer) ?? looksOlder(layer);
  seen.set(layer, known);
  return known;
}

function looksOlder(layer: JSONObject): boolean {
  const { config, inbound_nodes: calls } = layer;
  return (
    (isMap(config) &&
      (Object.hasOwn(config, 'batch_input_shape') || isOlder(layer))) ||
    (Array.isArray(calls) && calls.some(call => Array.isArray(call)))
  );
}

function parsed(text: string): JSONValue {
  try {
    return JSON.parse(text) as JSONValue;
  } catch (error) {
    if (error instanceof SyntaxError) {
      return null;
    }
    throw error;
  }
}

function isMap(value: JSONValue | undefined): value is JSONObject {
  return value !== undefined && JSONExt.isObject(value);
}
