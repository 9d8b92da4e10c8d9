import type { JSONValue } from '@lumino/coreutils';
import type { ILayerEntry } from './catalog';
import type { INode } from '../graph/graph';

/** An argument of a call that is no tensor, and that the call can't do without. */
export interface IRequiredValue {
  name: string;
  /** How the call names it: its position, or its keyword. */
  port: string;
  /** Undefined where it is missing. */
  value: JSONValue | undefined;
}

/**
 * The values that a call can't do without, such as `key` of `x[key]`. Keras writes them behind the tensors, without
 * a keyword.
 */
export function requiredValues(
  { values }: Pick<INode, 'values'>,
  entry: Pick<ILayerEntry, 'inputs' | 'call'>
): IRequiredValue[] {
  const written = new Map(values);
  return (entry.call.required ?? []).map((name, i) => {
    const position = String(entry.inputs.length + i);
    const port = written.has(name) ? name : position;
    return { name, port, value: written.get(port) };
  });
}
