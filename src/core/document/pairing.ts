/** Which item of an array becomes which, where layers keep to their names. */
import { JSONExt, type JSONValue } from '@lumino/coreutils';

/**
 * Pairs of indices: which item of `next` an item of `now` becomes. Layers keep to their names; null on the left is
 * an item that comes, null on the right one that goes.
 */
export function alignment(
  now: readonly JSONValue[],
  next: readonly JSONValue[]
): [number | null, number | null][] {
  const left = new Set(now.map(nameOf));
  const right = new Set(next.map(nameOf));
  const pairs: [number | null, number | null][] = [];
  let i = 0;
  let j = 0;
  while (i < now.length || j < next.length) {
    const goes = i < now.length && !right.has(nameOf(now[i]));
    const comes =
      j < next.length && (i === now.length || !left.has(nameOf(next[j])));
    const isSame =
      i < now.length &&
      j < next.length &&
      (nameOf(now[i]) === nameOf(next[j]) || (goes && comes));
    if (isSame) {
      pairs.push([i++, j++]);
    } else if (comes) {
      pairs.push([null, j++]);
    } else {
      left.delete(nameOf(now[i]));
      pairs.push([i++, null]);
    }
  }
  return pairs;
}

/** The name of a layer. */
function nameOf(item: JSONValue): JSONValue | undefined {
  if (!JSONExt.isObject(item)) {
    return undefined;
  }
  const config = item.config as JSONValue | undefined;
  return (
    (item.name as JSONValue | undefined) ??
    (config !== undefined && JSONExt.isObject(config)
      ? (config.name as JSONValue | undefined)
      : undefined)
  );
}
