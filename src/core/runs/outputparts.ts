/**
 * What of `compile_config` is for one output of a model. Keras takes losses, their weights and metrics for all outputs
 * at once: one for all, in a list, or by name.
 */
import type { JSONObject, JSONValue } from '@lumino/coreutils';
import type { IArgumentSchema } from '../catalog/catalog';
import type { IGraph } from '../graph/graph';
import { parseNodeId } from '../graph/layerjson';
import { isObject } from '../isobject';

type Value = JSONValue | undefined;
type Values = { [argument: string]: Value };

/** How an argument is written where there is one output: an object, a list of objects, or a number. */
type Form = 'one' | 'list' | 'number';

/** The outputs by the names that `compile` has for them. */
export function outputNames({ outputs }: IGraph): string[] {
  return outputs.map(({ key, node }) => key ?? parseNodeId(node)[0]);
}

/** Whether an argument of `compile` can say something else for each output. */
export function isByOutput({ type }: IArgumentSchema): boolean {
  return (
    Array.isArray(type) && type.includes('array') && type.includes('object')
  );
}

/**
 * What an argument says for each output, as if that were the only one.
 *
 * @returns Null where it has another shape than Keras takes for these outputs, so that nobody knows.
 */
export function partsOf(
  schema: IArgumentSchema,
  value: Value,
  names: readonly string[]
): Value[] | null {
  const form = formOf(schema);
  const part = (item: Value): Value =>
    (item ?? null) === null
      ? undefined
      : form === 'list' && !Array.isArray(item)
        ? [item as JSONValue]
        : item;
  if ((value ?? null) === null) {
    return names.map(() => undefined);
  }
  if (isObject(value) && !('class_name' in value)) {
    return Object.keys(value).every(name => names.includes(name))
      ? names.map(name => part(value[name]))
      : null;
  }
  if (!Array.isArray(value)) {
    const isForAll = form === 'one' || names.length === 1;
    return isForAll ? names.map(() => part(value)) : null;
  }
  if (names.length === 1 && form === 'list' && !value.some(isOfOutput)) {
    return [value];
  }
  return value.length === names.length ? value.map(part) : null;
}

/** What changes in `compile_config` where an argument says something else for one output. */
export function withPart(
  schemas: { [argument: string]: IArgumentSchema },
  config: JSONObject,
  names: readonly string[],
  argument: string,
  at: number,
  value: Value
): Values {
  if (names.length === 1) {
    return { [argument]: value };
  }
  const schema = schemas[argument];
  const parts = partsOf(schema, config[argument], names) ?? [];
  const changed = names.map((_, i) => (i === at ? value : parts[i]));
  const written = {
    [argument]: together(schema, config[argument], names, changed)
  };
  // Keras has no weights of outputs where one loss is for all of them: each gets its own.
  const losses =
    formOf(schema) === 'number'
      ? partsOf(schemas.loss, config.loss, names)
      : null;
  return losses
    ? { loss: together(schemas.loss, config.loss, names, losses), ...written }
    : written;
}

/** All parts in one value: in a list where they were in one, else by name. */
function together(
  schema: IArgumentSchema,
  before: Value,
  names: readonly string[],
  parts: readonly Value[]
): Value {
  const form = formOf(schema);
  const absent = form === 'number' ? 1 : null;
  const isSaid = (part: Value) =>
    Array.isArray(part) ? part.length > 0 : (part ?? absent) !== absent;
  if (!parts.some(isSaid)) {
    return undefined;
  }
  if (Array.isArray(before) || new Set(names).size < names.length) {
    return parts.map(part => part ?? absent);
  }
  const entries = names.map((name, i): [string, JSONValue] => [
    name,
    parts[i] ?? absent
  ]);
  // Keras wants a loss and a weight for each output; metrics where there are some.
  return Object.fromEntries(
    form === 'list' ? entries.filter(([, part]) => isSaid(part)) : entries
  );
}

function formOf({ 'x-keras': kind }: IArgumentSchema): Form {
  return kind === 'metrics' ? 'list' : kind === undefined ? 'number' : 'one';
}

/** An item of a list of metrics that is all that an output has. */
function isOfOutput(item: JSONValue): boolean {
  return item === null || Array.isArray(item);
}
