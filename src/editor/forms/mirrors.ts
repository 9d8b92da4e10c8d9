import { JSONExt, type JSONObject, type JSONValue } from '@lumino/coreutils';
import { isObject, type IClassEntry } from '../../core';
import { configOf } from './kerasobject';

/**
 * The arguments that Keras derives from another one, and derives again if they are left out.
 *
 * Keras writes the `backward_layer` of a `Bidirectional` into its config even if nobody set it: it is the `layer`
 * under another name, going backwards. Kept as it is, it would not fit a changed `layer`.
 *
 * @param entry - The class of the object.
 * @param config - Its arguments before the change.
 * @param name - The argument that changes.
 */
export function mirrorsOf(
  entry: Pick<IClassEntry, 'schema'>,
  config: JSONObject,
  name: string
): string[] {
  const { properties } = entry.schema;
  const isLayer = (other: string) => properties[other]?.['x-keras'] === 'layer';
  return isLayer(name) && properties[name].default === undefined
    ? Object.keys(properties).filter(
        other =>
          other !== name &&
          isLayer(other) &&
          isMirror(config[other], config[name])
      )
    : [];
}

function isMirror(a: JSONValue | undefined, b: JSONValue | undefined): boolean {
  return (
    isObject(a) &&
    isObject(b) &&
    a.class_name === b.class_name &&
    JSONExt.deepEqual(essence(a), essence(b))
  );
}

function essence(layer: JSONObject): JSONObject {
  const { name: _, go_backwards: __, ...config } = configOf(layer);
  return config;
}
