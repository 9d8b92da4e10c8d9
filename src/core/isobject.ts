import type { JSONObject } from '@lumino/coreutils';

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is JSONObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
