/** Reading `compile_config`, whose values are identifiers (`'mse'`) or serialized objects. */
import type { JSONValue } from '@lumino/coreutils';
import {
  isObject,
  type ICompileValues,
  type IDataset,
  type IModelJSON
} from '../../core';
import { nameOf, sameValue } from '../forms/kerasobject';

/** What a value is called: the identifier, or the class of a serialized object; null for one by output. */
export function identifier(value: JSONValue | undefined): string | null {
  const isNamed =
    typeof value === 'string' || (isObject(value) && 'class_name' in value);
  return isNamed ? nameOf(value) : null;
}

/** The metrics as a list; metrics by output (a dictionary, or lists in the list) are one item each. */
export function metricsOf(model: IModelJSON): JSONValue[] {
  const metrics = model.compile_config?.metrics ?? [];
  return Array.isArray(metrics) ? metrics : [metrics];
}

/**
 * What choosing a data set changes in `compile_config`: loss and metrics where none are set, or where they
 * are still those of the data set before.
 */
export function proposal(
  model: IModelJSON,
  before: IDataset | undefined,
  chosen: IDataset
): ICompileValues {
  const loss = model.compile_config?.loss ?? null;
  const metrics = metricsOf(model);
  const values: ICompileValues = {};
  if (loss === null || loss === before?.loss) {
    values.loss = chosen.loss;
  }
  if (metrics.length === 0 || sameValue(metrics, before?.metrics)) {
    values.metrics = chosen.metrics;
  }
  return values;
}
