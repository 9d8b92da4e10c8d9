/** Keras' ways to write an object: its name, or `{module, class_name, config, registered_name}`. */
import { JSONExt, type JSONObject, type JSONValue } from '@lumino/coreutils';
import {
  isObject,
  withRequiredDefaults,
  type IArgumentSchema,
  type IClassEntry
} from '../../core';

/** What Keras writes as the class of a function. */
const FUNCTION = 'function';

/** What a person calls a value: the class of an object, and Python's names for the rest. */
export function nameOf(value: JSONValue): string {
  if (isObject(value)) {
    return String(
      value.class_name === FUNCTION ? value.config : value.class_name
    );
  }
  const names = new Map<JSONValue, string>([
    [null, 'None'],
    [true, 'True'],
    [false, 'False']
  ]);
  return names.get(value) ?? String(value);
}

/** The class that a value means: `"he_normal"`, `"HeNormal"` and an object are the same, as are `"mse"` and its object. */
export function entryOf<T extends IClassEntry>(
  entries: readonly T[],
  value: JSONValue | undefined
): T | undefined {
  if (isObject(value)) {
    if (value.class_name === FUNCTION) {
      return entries.find(
        entry => entry.is_function && entry.registered_name === value.config
      );
    }
    return (
      entries.find(
        entry =>
          entry.registered_name !== null &&
          entry.registered_name === value.registered_name
      ) ?? entries.find(entry => entry.class_name === value.class_name)
    );
  }
  return typeof value === 'string'
    ? (entries.find(entry => entry.identifiers?.includes(value)) ??
        entries.find(entry => flat(entry.class_name) === flat(value)))
    : undefined;
}

/** The arguments that a value has; none where it is only a name. */
export function configOf(value: JSONValue | undefined): JSONObject {
  return isObject(value) && isObject(value.config) ? value.config : {};
}

/** What a person calls a class. */
export function labelOf(entry: IClassEntry): string {
  return entry.schema.title ?? entry.class_name;
}

/** An object of a class; a loss or metric with Keras' defaults is its name, as people write it. */
export function newValue(entry: IClassEntry, config: JSONObject): JSONValue {
  const [name] = entry.identifiers ?? [];
  const isPlain = Object.entries(config).every(([argument, value]) =>
    sameValue(
      value,
      entry.schema.properties[argument]?.default as JSONValue | undefined
    )
  );
  return name !== undefined && isPlain ? name : serialized(entry, config);
}

/** An object of a class, as Keras writes it. */
export function serialized(entry: IClassEntry, config: JSONObject): JSONObject {
  return entry.is_function
    ? {
        module: entry.module,
        class_name: FUNCTION,
        config: entry.registered_name,
        registered_name: FUNCTION
      }
    : {
        module: entry.module,
        class_name: entry.class_name,
        config: withRequiredDefaults(entry, config),
        registered_name: entry.registered_name
      };
}

/** An object with other arguments; one that is only a name becomes one. What else Keras wrote beside them stays. */
export function withConfig(
  value: JSONValue | undefined,
  entry: IClassEntry,
  config: JSONObject
): JSONObject {
  return isObject(value)
    ? { ...value, config: withRequiredDefaults(entry, config) }
    : serialized(entry, config);
}

/** The arguments that are set and mean the same in another class, such as the `units` of an LSTM in a GRU. */
export function commonConfig(
  config: JSONObject,
  from: IClassEntry,
  to: IClassEntry
): JSONObject {
  const same = Object.entries(to.schema.properties).filter(([name, schema]) => {
    const known = from.schema.properties[name];
    const { default: standard, ...type } = known ?? {};
    return (
      known &&
      config[name] !== undefined &&
      !sameValue(config[name], standard as JSONValue | undefined) &&
      typeOf(type) === typeOf(schema)
    );
  });
  return Object.fromEntries(
    same.map(([name]) => [name, config[name]])
  ) as JSONObject;
}

function typeOf({ type, enum: choices, 'x-keras': kind }: IArgumentSchema) {
  return JSON.stringify([type, choices, kind]);
}

/** Whether two values are the same JSON, or both are absent. */
export function sameValue(
  a: JSONValue | undefined,
  b: JSONValue | undefined
): boolean {
  return a === undefined || b === undefined ? a === b : JSONExt.deepEqual(a, b);
}

/** `GlorotUniform` and `glorot_uniform` without what tells them apart. */
function flat(name: string): string {
  return name.replace(/_/g, '').toLowerCase();
}
