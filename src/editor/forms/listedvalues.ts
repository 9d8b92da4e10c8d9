/** Values on one line, with commas between: `16, 32`, `adam, sgd`. */
import type { JSONValue } from '@lumino/coreutils';

/** Reads values: numbers and Python's or JSON's constants where they are some, else texts. */
export function parseValues(text: string): JSONValue[] {
  return text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
    .map(one);
}

export function formatValues(values: readonly JSONValue[]): string {
  return values
    .map(value => (typeof value === 'string' ? value : JSON.stringify(value)))
    .join(', ');
}

function one(text: string): JSONValue {
  const named = { True: true, False: false, None: null }[text];
  if (named !== undefined) {
    return named;
  }
  try {
    return JSON.parse(text) as JSONValue;
  } catch {
    return text;
  }
}
