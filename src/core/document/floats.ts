/**
 * Whole numbers that are floats, which JavaScript would write without their point: 127.0 as 127.
 *
 * Keras calculates by the types of the numbers in a call: bytes less 127.0 are floats, bytes less 127 are bytes. So such
 * a number is an object here.
 */
import type { JSONObject, JSONValue } from '@lumino/coreutils';
import { isTensor, leavesIn } from '../graph/tensors';
import { isObject } from '../isobject';

/** A whole number that is a float. */
export interface IFloatJSON extends JSONObject {
  class_name: '__float__';
  config: { value: number };
}

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Reads a value of JSON in which floats are marked. */
export function parseFloats(text: string): JSONValue {
  return JSON.parse(
    text.replace(TOKEN, token =>
      token[0] !== '"' && /[.eE]/.test(token) && Number.isInteger(Number(token))
        ? `{"class_name":"__float__","config":{"value":${token}}}`
        : token
    )
  ) as JSONValue;
}

/**
 * The JSON of a model, with floats marked in the calls of its layers.
 *
 * @param model - What JSON.parse read in the text.
 */
export function withFloats(model: JSONValue, text: string): JSONValue {
  return hasNumbers(model)
    ? withCallsOf(model as JSONObject, parseFloats(text) as JSONObject)
    : model;
}

/** The text of a value, as `JSON.stringify` writes it, with a point in each float. */
export function stringify(value: unknown, indent: string | number = 0): string {
  if (leavesIn(value, isFloat).length === 0) {
    return JSON.stringify(value, null, indent);
  }
  // No text in the value can be taken for it: nobody knows it before.
  const mark = `float ${Math.random()} `;
  return JSON.stringify(
    value,
    (_, item: unknown) => (isFloat(item) ? mark + literal(item) : item),
    indent
  ).replace(new RegExp(`"${mark}([^"]*)"`, 'g'), '$1');
}

function isFloat(value: unknown): value is IFloatJSON {
  return (
    isObject(value) &&
    value.class_name === '__float__' &&
    isObject(value.config) &&
    typeof value.config.value === 'number'
  );
}

function literal({ config: { value } }: IFloatJSON): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return Number.isInteger(value) && !text.includes('e') ? `${text}.0` : text;
}

/** The layers of a model, or the one that a layer wraps, which may be a model. */
function layersOf(model: JSONValue): JSONObject[] {
  const config = isObject(model) ? model.config : null;
  if (!isObject(config)) {
    return [];
  }
  const { layers, layer } = config;
  return (Array.isArray(layers) ? layers : [layer]).filter(isObject);
}

/** Whether the calls in a model, or in one inside it, hold whole numbers besides the shapes of tensors. */
function hasNumbers(model: JSONValue): boolean {
  return layersOf(model).some(
    layer => holdsNumber(layer.inbound_nodes) || hasNumbers(layer)
  );
}

function holdsNumber(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !isTensor(value)
    ? Object.values(value).some(holdsNumber)
    : Number.isInteger(value);
}

/** The model with the calls of another. */
function withCallsOf(model: JSONObject, other: JSONObject): JSONObject {
  if (layersOf(model).length === 0) {
    return model;
  }
  const others = layersOf(other);
  const layers = layersOf(model).map((layer, i) => {
    const { inbound_nodes } = others[i];
    const next = withCallsOf(layer, others[i]);
    return inbound_nodes === undefined ? next : { ...next, inbound_nodes };
  });
  const config = model.config as JSONObject;
  return {
    ...model,
    config: {
      ...config,
      ...(Array.isArray(config.layers) ? { layers } : { layer: layers[0] })
    }
  };
}
