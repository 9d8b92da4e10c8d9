/** A JSON object as a CRDT, with immutable snapshots that share what did not change. */
import {
  JSONExt,
  type JSONObject,
  type JSONValue,
  type PartialJSONValue
} from '@lumino/coreutils';
import * as Y from 'yjs';

/** Objects this deep are shared, so the fields of a layer's `config` are the smallest things that merge. */
const DEPTH = 4;
/** How deep the layers of the document are; those of a model inside it count the same. */
const LAYERS_DEPTH = 2;
/** The arrays whose items merge. Other arrays, such as shapes and positions, are one value. */
const ARRAYS = new Set(['layers', 'inbound_nodes']);

/** Stands for the key of an item of an array. */
const ITEM = '';

type Shared = Y.Map<unknown> | Y.Array<unknown>;

/** Reads and writes the JSON object that a Y.Map holds. */
export class SharedJSON {
  constructor(private readonly _root: Y.Map<unknown>) {}

  /** The object as it stands: parts that did not change are the same objects as before. */
  get snapshot(): JSONObject {
    return this._read(this._root) as JSONObject;
  }

  /** Makes the object equal to `next`, changing only what differs. */
  write(next: JSONObject): void {
    this._writeMap(this._root, next, 0);
  }

  /** Forgets the snapshots of what events say has changed. */
  invalidate(events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void {
    for (const event of events) {
      let type: Y.AbstractType<unknown> | null = event.target;
      while (type) {
        this._snapshots.delete(type);
        type = type.parent as Y.AbstractType<unknown> | null;
      }
    }
  }

  private _read(value: unknown): JSONValue {
    if (!(value instanceof Y.AbstractType)) {
      return value as JSONValue;
    }
    let snapshot = this._snapshots.get(value);
    if (snapshot === undefined) {
      snapshot =
        value instanceof Y.Array
          ? value.toArray().map(item => this._read(item))
          : readMap(value as Y.Map<unknown>, item => this._read(item));
      this._snapshots.set(value, snapshot);
    }
    return snapshot;
  }

  private _writeMap(
    map: Y.Map<unknown>,
    next: JSONObject,
    depth: number
  ): void {
    const now = this._read(map) as JSONObject;
    if (now === next) {
      return;
    }
    for (const key of Object.keys(now)) {
      if (!Object.hasOwn(next, key)) {
        map.delete(key);
      }
    }
    for (const [key, value] of Object.entries(next) as [string, JSONValue][]) {
      const old = Object.hasOwn(now, key) ? now[key] : undefined;
      if (
        old !== value &&
        !this._writeInto(map.get(key), old, value, key, depth + 1)
      ) {
        map.set(key, this._shared(value, key, depth + 1));
      }
    }
    this._snapshots.set(map, next);
  }

  private _writeArray(
    array: Y.Array<unknown>,
    next: JSONValue[],
    depth: number
  ): void {
    const now = this._read(array) as JSONValue[];
    const items = array.toArray();
    let index = 0;
    for (const [from, to] of alignment(now, next)) {
      const item = to === null ? null : next[to];
      if (
        from !== null &&
        item !== null &&
        this._writeInto(items[from], now[from], item, ITEM, depth + 1)
      ) {
        index++;
        continue;
      }
      if (from !== null) {
        array.delete(index);
      }
      if (item !== null) {
        array.insert(index++, [this._shared(item, ITEM, depth + 1)]);
      }
    }
    this._snapshots.set(array, next);
  }

  /** Writes a value into the one that is there; false where it has to be replaced. */
  private _writeInto(
    type: unknown,
    old: JSONValue | undefined,
    value: JSONValue,
    key: string,
    depth: number
  ): boolean {
    if (old !== undefined && old === value) {
      return true;
    }
    if (type instanceof Y.Map && isSharedObject(value, key, depth)) {
      this._writeMap(type, value, depth);
      return true;
    }
    if (type instanceof Y.Array && isSharedArray(value, key, depth)) {
      this._writeArray(type, value, depthOf(key, depth));
      return true;
    }
    return (
      !(type instanceof Y.AbstractType) &&
      old !== undefined &&
      !isSharedObject(value, key, depth) &&
      !isSharedArray(value, key, depth) &&
      JSONExt.deepEqual(old as PartialJSONValue, value as PartialJSONValue)
    );
  }

  private _shared(value: JSONValue, key: string, depth: number): unknown {
    let type: Shared;
    if (isSharedObject(value, key, depth)) {
      type = new Y.Map(
        (Object.entries(value) as [string, JSONValue][]).map(([name, item]) => [
          name,
          this._shared(item, name, depth + 1)
        ])
      );
    } else if (isSharedArray(value, key, depth)) {
      type = new Y.Array();
      const inside = depthOf(key, depth) + 1;
      type.push(value.map(item => this._shared(item, ITEM, inside)));
    } else {
      return value;
    }
    this._snapshots.set(type, value);
    return type;
  }

  private _snapshots = new WeakMap<object, JSONValue>();
}

function readMap(
  map: Y.Map<unknown>,
  read: (item: unknown) => JSONValue
): JSONObject {
  const object: JSONObject = {};
  map.forEach((item, key) => {
    object[key] = read(item);
  });
  return object;
}

/** Items of shared arrays are objects at any depth: Yjs joins plain items, and may then undo more than one of them. */
function isSharedObject(
  value: JSONValue,
  key: string,
  depth: number
): value is JSONObject {
  return (depth <= DEPTH || key === ITEM) && JSONExt.isObject(value);
}

function isSharedArray(
  value: JSONValue,
  key: string,
  depth: number
): value is JSONValue[] {
  return (
    // A `config` that holds layers is a model's.
    depth <= (key === 'layers' ? DEPTH + 1 : DEPTH) &&
    ARRAYS.has(key) &&
    Array.isArray(value) &&
    value.every(item => JSONExt.isObject(item))
  );
}

function depthOf(key: string, depth: number): number {
  return key === 'layers' ? LAYERS_DEPTH : depth;
}

/**
 * Pairs of indices: which item of `next` an item of `now` becomes. Layers keep to their names; null on the left is
 * an item that comes, null on the right one that goes.
 */
function alignment(
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
