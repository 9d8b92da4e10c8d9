/** The learning rate of an optimizer, as a document has it. */
import type { JSONObject, JSONValue } from '@lumino/coreutils';
import { isObject, type IClassEntry } from '../../core';
import { configOf, entryOf, serialized } from '../forms/kerasobject';

/** Where an optimizer that scales the loss has the one that learns. */
const INNER = 'inner_optimizer';

/** Arguments of Keras 2 that mean the rate, too. */
const FORMER = ['lr', 'decay'];

/** The learning rate: a number, a schedule, or undefined where it is the default. */
export function rateOf(
  optimizer: JSONValue | undefined
): JSONValue | undefined {
  const config = configOf(optimizer);
  return isObject(config[INNER]) ? rateOf(config[INNER]) : config.learning_rate;
}

/** The optimizer with a number as its learning rate, also in place of a schedule. */
export function withRate(
  optimizer: JSONValue | undefined,
  rate: number,
  optimizers: readonly IClassEntry[]
): JSONObject | null {
  const config = configOf(optimizer);
  const inner = config[INNER];
  const written = isObject(inner)
    ? { ...config, [INNER]: withRate(inner, rate, optimizers) }
    : {
        ...Object.fromEntries(
          Object.entries(config).filter(([name]) => !FORMER.includes(name))
        ),
        learning_rate: rate
      };
  if (isObject(optimizer)) {
    return { ...optimizer, config: written as JSONObject };
  }
  const entry = entryOf(optimizers, optimizer);
  return entry ? serialized(entry, written as JSONObject) : null;
}
