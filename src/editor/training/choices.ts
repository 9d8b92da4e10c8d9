/** What was chosen to train with: how it is written in a document, and what it is called. */
import type { JSONObject, JSONValue } from '@lumino/coreutils';
import {
  isObject,
  type IChosenJSON,
  type ICompileValues,
  type IFacts,
  type IModelJSON
} from '../../core';
import { configOf, nameOf, sameValue } from '../forms/kerasobject';

/** A choice as a plan holds it: the class and its arguments; the name of a class of the user's as well. */
export function asChosen(value: JSONValue | undefined): IChosenJSON | null {
  if (!isObject(value) || typeof value.class_name !== 'string') {
    return null;
  }
  const { class_name, registered_name } = value;
  return {
    class_name,
    config: configOf(value),
    ...(typeof registered_name === 'string' && { registered_name })
  };
}

/** What values are called: identifiers, and the classes of objects; those of each output one after the other. */
export function named(value: JSONValue | undefined): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(named);
  }
  if (isObject(value) && !('class_name' in value)) {
    return Object.values(value).flatMap(named);
  }
  return (value ?? null) === null ? [] : [nameOf(value as JSONValue)];
}

/** Arguments with what changed; `undefined` takes one out, so that the default holds. */
export function assigned(
  config: JSONObject | undefined,
  changed: { [name: string]: JSONValue | undefined }
): JSONObject {
  return Object.fromEntries(
    Object.entries({ ...config, ...changed }).filter(
      (entry): entry is [string, JSONValue] => entry[1] !== undefined
    )
  );
}

/**
 * What choosing a data set changes in `compile_config`: loss and metrics where none are set, or where they
 * are still those of the data set before.
 */
export function proposal(
  model: IModelJSON,
  before: IFacts | null,
  chosen: IFacts
): ICompileValues {
  const { loss, metrics } = model.compile_config ?? {};
  const values: ICompileValues = {};
  if ((loss ?? null) === null || loss === before?.loss) {
    values.loss = chosen.loss;
  }
  if (named(metrics).length === 0 || sameValue(metrics, before?.metrics)) {
    values.metrics = chosen.metrics;
  }
  return values;
}
