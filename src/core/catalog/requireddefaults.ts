import type { JSONObject, JSONValue } from '@lumino/coreutils';
import type { IClassEntry } from './catalog';

/**
 * A config with the defaults that Keras can't do without.
 *
 * Keras' `from_config` looks some arguments up that its constructor has a default for, such as `offset` of
 * `Rescaling` or `value` of `Constant`; the catalogue calls them required and gives their default.
 *
 * @param entry - The class.
 * @param config - The arguments that are set; they win.
 */
export function withRequiredDefaults(
  entry: Pick<IClassEntry, 'schema'>,
  config: JSONObject
): JSONObject {
  const { properties, required = [] } = entry.schema;
  const defaults = required
    .filter(name => properties[name]?.default !== undefined)
    .map(name => [name, properties[name].default as JSONValue]);
  return { ...(Object.fromEntries(defaults) as JSONObject), ...config };
}
