/** Reading and writing `compile_config`, whose values are identifiers (`'mse'`) or serialized objects. */
import type { JSONObject, JSONValue } from '@lumino/coreutils';
import type {
  IClassEntry,
  ICompileValues,
  IDataset,
  IModelJSON
} from '../../core';

/** A serialized optimizer, loss or metric; `config` holds only what differs from Keras' defaults. */
export function serialized(entry: IClassEntry, config: JSONObject): JSONObject {
  const { module, class_name, registered_name } = entry;
  return { module, class_name, config, registered_name };
}

/** What a value of `compile_config` is called: the identifier, or the class of a serialized object. */
export function identifier(value: JSONValue | undefined): string | null {
  if (typeof value === 'string') {
    return value;
  }
  if (isObject(value) && typeof value.class_name === 'string') {
    return value.class_name;
  }
  return null;
}

/** The arguments of a serialized object; none for an identifier. */
export function configOf(value: JSONValue | undefined): JSONObject {
  return isObject(value) && isObject(value.config) ? value.config : {};
}

/** The class of a value: Keras finds `'adam'`, `'Adam'` and a serialized `Adam` alike. */
export function entryOf(
  entries: readonly IClassEntry[],
  value: JSONValue | undefined
): IClassEntry | undefined {
  const name = identifier(value)?.toLowerCase();
  return entries.find(entry => entry.class_name.toLowerCase() === name);
}

/** The metrics as a list; metrics by output (a dictionary, or lists in the list) are one item each. */
export function metricsOf(model: IModelJSON): JSONValue[] {
  const metrics = model.compile_config?.metrics;
  if (metrics === undefined || metrics === null) {
    return [];
  }
  return Array.isArray(metrics) ? metrics : [metrics];
}

/**
 * What choosing a data set changes in `compile_config`: loss and metrics where none are set, or where they
 * are still those of the data set before.
 */
export function proposal(
  model: IModelJSON,
  before: IDataset | undefined,
  chosen: IDataset
): ICompileValues {
  const loss = model.compile_config?.loss ?? null;
  const metrics = metricsOf(model);
  const values: ICompileValues = {};
  if (loss === null || loss === before?.loss) {
    values.loss = chosen.loss;
  }
  if (metrics.length === 0 || same(metrics, before?.metrics)) {
    values.metrics = chosen.metrics;
  }
  return values;
}

function same(a: JSONValue[], b: string[] | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isObject(value: JSONValue | undefined): value is JSONObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
