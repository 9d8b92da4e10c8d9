/** The dtype policy of all layers: the `dtype` of each, as Keras keeps it. */
import type { JSONObject, JSONValue } from '@lumino/coreutils';
import { isObject } from '../isobject';
import type { ILayerJSON, IModelJSON } from '../keras';

/** Whether the `dtype` of a layer is a policy, and not the dtype of a tensor or of text. */
export type TakesPolicy = (layer: ILayerJSON) => boolean;

/** What Keras takes where a layer says nothing. */
export const STANDARD_POLICY = 'float32';

/** Policies of numbers with a point; those of quantized weights are made by Keras' `quantize`. */
export const FLOATS = /^(mixed_)?b?float\d+$/;

/** The model with another policy in all its layers, those inside others included. */
export function withPolicy(
  model: IModelJSON,
  policy: string,
  takes: TakesPolicy
): IModelJSON {
  const layers = model.config.layers.map(layer =>
    changed(layer as unknown as JSONValue, policy, takes)
  );
  const config = { ...model.config, layers: layers as unknown as ILayerJSON[] };
  return { ...model, config };
}

/** The policy that all layers have; null where they differ. */
export function policyOf(model: IModelJSON, takes: TakesPolicy): string | null {
  const found = new Set<string>();
  const collect = (value: JSONValue): JSONValue => {
    const name = isLayer(value) && takes(value) ? nameOf(value) : null;
    if (name !== null) {
      found.add(name);
    }
    return each(value, collect);
  };
  model.config.layers.forEach(layer => collect(layer as unknown as JSONValue));
  return found.size > 1 ? null : ([...found][0] ?? STANDARD_POLICY);
}

function changed(
  value: JSONValue,
  policy: string,
  takes: TakesPolicy
): JSONValue {
  const inner = each(value, item => changed(item, policy, takes));
  return isLayer(inner) && takes(inner) && nameOf(inner) !== null
    ? { ...(inner as JSONObject), config: { ...inner.config, dtype: policy } }
    : inner;
}

/** The value with each of its parts changed; the same object where none is. */
function each(
  value: JSONValue,
  change: (part: JSONValue) => JSONValue
): JSONValue {
  if (Array.isArray(value)) {
    const next = value.map(change);
    return next.some((item, i) => item !== value[i]) ? next : value;
  }
  if (!isObject(value)) {
    return value;
  }
  const entries = Object.entries(value as JSONObject);
  const next = entries.map(([key, item]) => [key, change(item)] as const);
  return next.some(([, item], i) => item !== entries[i][1])
    ? Object.fromEntries(next)
    : value;
}

function isLayer(value: JSONValue): value is JSONObject & ILayerJSON {
  return (
    isObject(value) &&
    typeof value.class_name === 'string' &&
    isObject(value.config)
  );
}

/** The name of a layer's policy; null for one that is no choice of a precision. */
function nameOf({ config: { dtype } }: ILayerJSON): string | null {
  const policy = isObject(dtype) ? dtype : null;
  const name = policy
    ? policy.class_name === 'DTypePolicy' && isObject(policy.config)
      ? policy.config.name
      : null
    : (dtype ?? STANDARD_POLICY);
  return typeof name === 'string' && FLOATS.test(name) ? name : null;
}
