/**
 * A JSON object as a CRDT, with immutable snapshots that share what did not change.
 *
 * What is one value is its JSON text, as the file has it: so 127.0, 1e-07 and integers of twenty digits come through
 * JavaScript and through pycrdt, which reads 64 as 64.0. `kerasviz/ydoc.py` reads and writes the same.
 */
import {
  JSONExt,
  type JSONObject,
  type JSONValue,
  type PartialJSONValue
} from '@lumino/coreutils';
import * as Y from 'yjs';
import { isObject } from '../isobject';
import { alignment } from './pairing';
import { inside, ITEM, maySplitArray, maySplitObject, ORDER } from './depths';
import { parseFloats, stringify, withFloats } from './floats';
import { keyOf, writtenKey, type Raw, type RawObject } from './jsontext';
import { orderedKeys, orderOf, partsOf, rawOf } from './written';

type Shared = Y.Map<unknown> | Y.Array<unknown>;

/** Reads and writes the JSON object that a Y.Map holds. */
export class SharedJSON {
  constructor(private readonly _root: Y.Map<unknown>) {}

  /** The object as it stands: parts that did not change are the same objects as before. */
  get snapshot(): JSONObject {
    return this._read(this._root, false) as JSONObject;
  }

  get isEmpty(): boolean {
    // Of the snapshot, which is at hand, and without a list of its keys: every card asks for the model.
    for (const _ in this.snapshot) {
      return false;
    }
    return true;
  }

  /** The object as it is written. */
  get raw(): RawObject {
    return rawOf(this._root) as RawObject;
  }

  /**
   * Makes the object equal to `next`, changing only what differs.
   *
   * @param raw - How `next` is written, where it comes from a file.
   */
  write(next: JSONObject, raw?: RawObject): void {
    if (raw) {
      this._values.clear();
      this._callValues.clear();
    }
    this._writeMap(this._root, next, 0, raw);
  }

  clear(): void {
    this._root.clear();
    this._snapshots.delete(this._root);
  }

  /** Forgets the snapshots of shared types that have changed. */
  invalidate(changed: Iterable<object>): void {
    for (const type of changed) {
      this._snapshots.delete(type);
    }
  }

  private _read(value: unknown, isCall: boolean): JSONValue {
    if (typeof value === 'string') {
      return this._parse(value, isCall);
    }
    const type = value as Shared;
    let snapshot = this._snapshots.get(type);
    if (snapshot === undefined) {
      snapshot =
        type instanceof Y.Array
          ? type.toArray().map(item => this._read(item, isCall))
          : Object.fromEntries(
              orderedKeys(type).map(written => {
                const key = keyOf(written);
                const item = this._read(
                  type.get(key),
                  isCall || key === 'inbound_nodes'
                );
                return [key, item];
              })
            );
      this._snapshots.set(type, snapshot);
    }
    return snapshot;
  }

  /** The value of a text: the same object for the same text. */
  private _parse(text: string, isCall: boolean): JSONValue {
    if (!/^[[{]/.test(text)) {
      return (isCall ? parseFloats(text) : JSON.parse(text)) as JSONValue;
    }
    const values = isCall ? this._callValues : this._values;
    let value = values.get(text);
    if (value === undefined) {
      value = isCall
        ? parseFloats(text)
        : withFloats(JSON.parse(text) as JSONValue, text);
      values.set(text, value);
    }
    return value;
  }

  private _writeMap(
    map: Y.Map<unknown>,
    next: JSONObject,
    depth: number,
    raw?: RawObject
  ): void {
    const now = this._read(map, false) as JSONObject;
    if (now === next) {
      return;
    }
    for (const key of Object.keys(now)) {
      if (!Object.hasOwn(next, key)) {
        map.delete(key);
      }
    }
    const parts = raw && partsOf(raw);
    let hasNewKey = false;
    for (const [key, value] of Object.entries(next) as [string, JSONValue][]) {
      const isKnown = Object.hasOwn(now, key);
      hasNewKey ||= !isKnown;
      const old = isKnown ? now[key] : undefined;
      const part = parts?.get(key);
      if (
        (old !== value || part !== undefined) &&
        !this._writeInto(map.get(key), old, value, key, depth + 1, part)
      ) {
        map.set(key, this._shared(value, key, depth + 1, part));
      }
    }
    if (raw || hasNewKey) {
      this._writeOrder(map, next, raw);
    }
    this._snapshots.set(map, next);
  }

  /** New keys come after the others. */
  private _writeOrder(
    map: Y.Map<unknown>,
    next: JSONObject,
    raw?: RawObject
  ): void {
    const order = orderOf(map);
    const known = new Set(order.map(keyOf));
    const written = raw ? [...raw.keys()] : Object.keys(next).map(writtenKey);
    const isOther = raw
      ? !JSONExt.deepEqual(order, written)
      : written.some(key => !known.has(keyOf(key)));
    if (isOther) {
      const kept = raw
        ? []
        : order.filter(key => Object.hasOwn(next, keyOf(key)));
      map.set(ORDER, [
        ...kept,
        ...written.filter(key => raw !== undefined || !known.has(keyOf(key)))
      ]);
    }
  }

  private _writeArray(
    array: Y.Array<unknown>,
    next: JSONValue[],
    depth: number,
    raw?: Raw[]
  ): void {
    const now = this._read(array, false) as JSONValue[];
    const items = array.toArray();
    let index = 0;
    for (const [from, to] of alignment(now, next)) {
      const item = to === null ? null : next[to];
      const part = to === null ? undefined : raw?.[to];
      if (
        from !== null &&
        item !== null &&
        this._writeInto(items[from], now[from], item, ITEM, depth + 1, part)
      ) {
        index++;
        continue;
      }
      if (from !== null) {
        array.delete(index);
      }
      if (item !== null) {
        array.insert(index++, [this._shared(item, ITEM, depth + 1, part)]);
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
    depth: number,
    raw?: Raw
  ): boolean {
    if (old !== undefined && old === value && raw === undefined) {
      return true;
    }
    if (type instanceof Y.Map && isSharedObject(value, key, depth)) {
      this._writeMap(type, value, depth, raw as RawObject | undefined);
      return true;
    }
    if (type instanceof Y.Array && isSharedArray(value, key, depth)) {
      this._writeArray(
        type,
        value,
        inside(key, depth),
        raw as Raw[] | undefined
      );
      return true;
    }
    return (
      typeof type === 'string' &&
      !isSharedObject(value, key, depth) &&
      !isSharedArray(value, key, depth) &&
      (raw === undefined
        ? JSONExt.deepEqual(old as PartialJSONValue, value as PartialJSONValue)
        : raw === type)
    );
  }

  private _shared(
    value: JSONValue,
    key: string,
    depth: number,
    raw?: Raw
  ): unknown {
    let type: Shared;
    if (isSharedObject(value, key, depth)) {
      const parts = raw ? partsOf(raw as RawObject) : undefined;
      type = new Y.Map<unknown>([
        ...(Object.entries(value) as [string, JSONValue][]).map(
          ([name, item]): [string, unknown] => [
            name,
            this._shared(item, name, depth + 1, parts?.get(name))
          ]
        ),
        [
          ORDER,
          raw
            ? [...(raw as RawObject).keys()]
            : Object.keys(value).map(writtenKey)
        ]
      ]);
    } else if (isSharedArray(value, key, depth)) {
      type = new Y.Array();
      const next = inside(key, depth) + 1;
      type.push(
        value.map((item, i) =>
          this._shared(item, ITEM, next, (raw as Raw[])?.[i])
        )
      );
    } else {
      return (raw as string | undefined) ?? stringify(value);
    }
    this._snapshots.set(type, value);
    return type;
  }

  private _snapshots = new WeakMap<object, JSONValue>();
  private readonly _values = new Map<string, JSONValue>();
  /** In calls, 127.0 is another number than 127. */
  private readonly _callValues = new Map<string, JSONValue>();
}

function isSharedObject(
  value: JSONValue,
  key: string,
  depth: number
): value is JSONObject {
  return (
    maySplitObject(key, depth) &&
    isObject(value) &&
    !Object.hasOwn(value, ORDER)
  );
}

function isSharedArray(
  value: JSONValue,
  key: string,
  depth: number
): value is JSONValue[] {
  return (
    maySplitArray(key, depth) && Array.isArray(value) && value.every(isObject)
  );
}
