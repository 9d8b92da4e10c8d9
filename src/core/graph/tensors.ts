/** Symbolic tensors inside the arguments of a call. */
import type { JSONObject, JSONValue } from '@lumino/coreutils';
import type { ICallJSON, ITensorJSON, KerasHistory, Shape } from '../keras';

/** What becomes of one tensor: itself, another one, or null where it goes. */
export type TensorMap = (
  tensor: ITensorJSON,
  port: string,
  index: number
) => ITensorJSON | null;

/** Whether a value is a symbolic tensor as Keras writes it. */
export function isTensor(value: unknown): value is ITensorJSON {
  return (
    typeof value === 'object' &&
    value !== null &&
    'class_name' in value &&
    value.class_name === '__keras_tensor__'
  );
}

/** Whether a value is `[layer name, call, tensor]`. */
export function isHistory(value: unknown): value is KerasHistory {
  return (
    Array.isArray(value) && value.length === 3 && typeof value[0] === 'string'
  );
}

/** A reference to a tensor. Keras wants a shape in it, and takes `[null]` for an unknown one. */
export function tensorJSON(
  history: KerasHistory,
  shape: Shape = [null]
): ITensorJSON {
  return {
    class_name: '__keras_tensor__',
    config: { shape, dtype: 'float32', keras_history: history }
  };
}

/** The leaves anywhere inside a value, in order. */
export function leavesIn<T>(
  value: unknown,
  isLeaf: (value: unknown) => value is T
): T[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return isLeaf(value)
    ? [value]
    : Object.values(value).flatMap(item => leavesIn(item, isLeaf));
}

/**
 * The value with its leaves mapped: the same object when none changed.
 *
 * Leaves mapped to null leave the list or object they are in; undefined when nothing is left in it.
 */
export function mapLeaves<T>(
  value: JSONValue,
  isLeaf: (value: unknown) => value is T,
  map: (leaf: T) => T | null
): JSONValue | undefined {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (isLeaf(value)) {
    return (map(value) ?? undefined) as JSONValue | undefined;
  }
  const entries = Object.entries(value) as [string, JSONValue][];
  const mapped = entries.map(
    ([key, item]) => [key, mapLeaves(item, isLeaf, map)] as const
  );
  if (mapped.every(([, item], i) => item === entries[i][1])) {
    return value;
  }
  const left = mapped.filter(([, item]) => item !== undefined);
  if (left.length === 0) {
    return undefined;
  }
  return Array.isArray(value)
    ? left.map(([, item]) => item as JSONValue)
    : (Object.fromEntries(left) as JSONObject);
}

/** The arguments of a call by port: the position of an argument, or its keyword. */
export function portsIn(call: ICallJSON): [string, JSONValue][] {
  return [
    ...Object.entries(call.args),
    ...(Object.entries(call.kwargs) as [string, JSONValue][])
  ];
}

/**
 * The call with each of its tensors mapped: the same object when none changed.
 *
 * @param names - Names of the positional arguments. After one that goes, the others become keywords.
 */
export function mapTensors(
  call: ICallJSON,
  names: readonly string[],
  map: TensorMap
): ICallJSON {
  const mapped = portsIn(call).map(([port, value]) => {
    let index = 0;
    return mapLeaves(value, isTensor, tensor => map(tensor, port, index++));
  });
  const count = call.args.length;
  const keywords = Object.entries(call.kwargs);
  if (portsIn(call).every(([, value], i) => value === mapped[i])) {
    return call;
  }
  const kwargs = Object.fromEntries(
    keywords
      .map(([name], i) => [name, mapped[count + i]] as const)
      .filter(([, value]) => value !== undefined)
  ) as JSONObject;
  return closeGaps(mapped.slice(0, count), kwargs, names);
}

/** A call whose positional arguments have no gap, as far as the names of those after it are known. */
function closeGaps(
  values: (JSONValue | undefined)[],
  kwargs: JSONObject,
  names: readonly string[]
): ICallJSON {
  const gap = values.indexOf(undefined);
  if (gap < 0) {
    return { args: values as JSONValue[], kwargs };
  }
  const args = values.slice(0, gap) as JSONValue[];
  const after = values.slice(gap);
  if (after.every((value, i) => value === undefined || gap + i in names)) {
    after.forEach((value, i) => {
      if (value !== undefined) {
        kwargs[names[gap + i]] = value;
      }
    });
    return { args, kwargs };
  }
  return { args: [...args, ...after.map(value => value ?? null)], kwargs };
}
