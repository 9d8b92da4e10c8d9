/** What stands beside the layers of a model, in which a file from somebody else may hold anything. */
import type { JSONObject, JSONValue } from '@lumino/coreutils';
import { isObject } from '../isobject';

type Check = (value: JSONValue) => boolean;

const CHECKS: [string, Check][] = [
  ['compile_config', isObject],
  ['kerasviz', isObject],
  ['kerasviz.weights', isText],
  [
    'kerasviz.positions',
    value => isObject(value) && Object.values(value).every(isPoint)
  ],
  ['kerasviz.training', isObject]
];

/** The key of a value that the editor could not show, or null where there is none. */
export function wrongKey(model: JSONObject): string | null {
  const wrong = CHECKS.find(([key, check]) => {
    const value = key
      .split('.')
      .reduce<JSONValue>(
        (found, part) => (isObject(found) ? (found[part] ?? null) : null),
        model
      );
    return value !== null && !check(value);
  });
  return wrong ? wrong[0] : null;
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isPoint(value: unknown): boolean {
  return (
    Array.isArray(value) && value.length === 2 && value.every(Number.isFinite)
  );
}
