/** What stands in the brackets of `x[:, 0]`: as Keras writes it in a call, and as Python does. */
import type { JSONObject, JSONValue } from '@lumino/coreutils';

const NUMBER = String.raw`([-+]?\d+|None)?`;
const SLICE = new RegExp(
  `^${NUMBER}\\s*:\\s*${NUMBER}(?:\\s*:\\s*${NUMBER})?$`
);
const WHOLE = /^[-+]?\d+$/;
const BRACKETS = /^(?:\[(.*)\]|\((.*)\))$/;

/**
 * Reads an index: `:, 0`, `..., None`, `1:-1`. Brackets around it may be there or not.
 *
 * @returns A number, or a list where there is a comma or anything but a number, since Keras takes nothing else alone;
 * undefined for a text that is no index.
 */
export function parseIndex(text: string): JSONValue | undefined {
  const whole = text.trim();
  const [, square, round] = BRACKETS.exec(whole) ?? [];
  const inside = (square ?? round ?? whole).trim();
  const parts = inside.split(',').map(part => part.trim());
  const isTuple = parts.length > 1 || inside === '';
  if (parts[parts.length - 1] === '') {
    parts.pop();
  }
  const items = parts.map(readItem);
  if (items.includes(undefined) || whole === '') {
    return undefined;
  }
  return !isTuple && typeof items[0] === 'number'
    ? items[0]
    : (items as JSONValue[]);
}

/** Writes an index, so that `parseIndex` reads the same; undefined for a value that is none. */
export function formatIndex(value: JSONValue): string | undefined {
  if (!Array.isArray(value)) {
    return isWhole(value) ? String(value) : undefined;
  }
  const items = value.map(writeItem);
  if (items.includes(undefined)) {
    return undefined;
  }
  if (items.length === 0) {
    return '()';
  }
  return (
    items.join(', ') + (items.length === 1 && isWhole(value[0]) ? ',' : '')
  );
}

function readItem(text: string): JSONValue | undefined {
  if (text === '...') {
    return { class_name: '__ellipsis__', config: {} };
  }
  if (text === 'None') {
    return null;
  }
  if (WHOLE.test(text)) {
    return readNumber(text);
  }
  const [, ...parts] = SLICE.exec(text) ?? [];
  const [start, stop, step] = parts.map(readNumber);
  return parts.length === 0 || [start, stop, step].includes(undefined)
    ? undefined
    : slice(start!, stop!, step!);
}

/** A number, null for None or nothing; undefined for a number that JavaScript does not hold. */
function readNumber(text: string | undefined): number | null | undefined {
  if (text === undefined || text === 'None') {
    return null;
  }
  // Not -0, which is another number here alone.
  const value = Number(text) + 0;
  return isWhole(value) ? value : undefined;
}

function slice(
  start: number | null,
  stop: number | null,
  step: number | null
): JSONObject {
  return { class_name: '__slice__', config: { start, stop, step } };
}

function writeItem(item: JSONValue): string | undefined {
  if (item === null) {
    return 'None';
  }
  if (isWhole(item)) {
    return String(item);
  }
  if (typeof item !== 'object' || Array.isArray(item)) {
    return undefined;
  }
  if (item.class_name === '__ellipsis__') {
    return '...';
  }
  const { start, stop, step } = (item.config ?? {}) as JSONObject;
  const parts = step === null ? [start, stop] : [start, stop, step];
  const isSlice =
    item.class_name === '__slice__' &&
    parts.every(part => part === null || isWhole(part));
  return isSlice ? parts.map(part => part ?? '').join(':') : undefined;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
