/** Writes a number that was changed in a run into the document. */
import type { JSONValue } from '@lumino/coreutils';
import {
  isObject,
  type CatalogIndex,
  type IModelJSON,
  type KerasDocument
} from '../../core';
import { configOf, entryOf, withConfig } from '../forms/kerasobject';

const WEIGHTS = 'loss_weights/';

/**
 * What writes a number into the document, as one step of undo.
 *
 * @param what - The number, as a run calls it.
 * @returns Null where the document has no place for it, or says this number already.
 */
export function inPlan(
  document: KerasDocument,
  catalog: CatalogIndex,
  what: string,
  value: number
): (() => void) | null {
  const { model } = document;
  if (!model) {
    return null;
  }
  const [owner, argument, ...deeper] = what.split('/');
  if (argument === undefined) {
    return inOptimizer(document, model, catalog, what, value);
  }
  if (what.startsWith(WEIGHTS)) {
    const name = what.slice(WEIGHTS.length);
    const weights = model.compile_config?.loss_weights;
    return isObject(weights) && name in weights && weights[name] !== value
      ? () =>
          document.setCompile({ loss_weights: { ...weights, [name]: value } })
      : null;
  }
  if (document.path.length > 0 || deeper.length > 0) {
    return null; // edits are about the model that is shown
  }
  const layer = model.config.layers.find(({ config }) => config.name === owner);
  return layer && layer.config[argument] !== value
    ? () => document.setArguments(owner, { [argument]: value })
    : null;
}

function inOptimizer(
  document: KerasDocument,
  model: IModelJSON,
  catalog: CatalogIndex,
  argument: string,
  value: number
): (() => void) | null {
  const optimizer: JSONValue | undefined = model.compile_config?.optimizer;
  const entry = entryOf(catalog.catalog.optimizers, optimizer);
  const config = configOf(optimizer);
  if (
    !entry ||
    config[argument] === value ||
    !(argument in entry.schema.properties)
  ) {
    return null;
  }
  return () =>
    document.setCompile({
      optimizer: withConfig(optimizer, entry, { ...config, [argument]: value })
    });
}
