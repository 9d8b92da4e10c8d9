/** How shared objects and arrays are written in a file. */
import * as Y from 'yjs';
import { ORDER } from './depths';
import { keyOf, writtenKey, type Raw, type RawObject } from './jsontext';

/** What a shared type holds, as it is written. */
export function rawOf(value: unknown): Raw {
  if (value instanceof Y.Array) {
    return value.toArray().map(rawOf);
  }
  return value instanceof Y.Map
    ? new Map(
        orderedKeys(value).map(key => [key, rawOf(value.get(keyOf(key)))])
      )
    : (value as string);
}

/** The parts of an object by their keys. */
export function partsOf(raw: RawObject): ReadonlyMap<string, Raw> {
  // Hardly any file writes a key in another way than it is.
  const isSame = [...raw.keys()].every(key => keyOf(key) === key);
  return isSame
    ? raw
    : new Map(Array.from(raw, ([key, part]) => [keyOf(key), part]));
}

/** The order of the keys of a shared object, as they are written. */
export function orderOf(map: Y.Map<unknown>): readonly string[] {
  return (map.get(ORDER) as readonly string[] | undefined) ?? [];
}

/** The keys as they are written, in order; those that several people added at once come last, sorted. */
export function orderedKeys(map: Y.Map<unknown>): string[] {
  const left = new Set(map.keys());
  left.delete(ORDER);
  const known = orderOf(map).filter(key => left.delete(keyOf(key)));
  return [...known, ...[...left].sort().map(writtenKey)];
}
