/** What an argument that takes an object can be: the names and the classes that fit. */
import {
  isOperation,
  type CatalogIndex,
  type IArgumentSchema,
  type IClassEntry,
  type ILayerEntry
} from '../../core';

/** Classes under a heading. */
interface IClasses {
  label: string | null;
  entries: readonly IClassEntry[];
}

export interface ICandidates {
  /** Functions that Keras knows by name. */
  names: readonly string[];
  classes: readonly IClasses[];
}

/** Keras' name for the groups of layers that prepare data. */
const PREPROCESSING = /preprocessing/i;

/** What fits into an argument. */
export function candidatesFor(
  catalog: CatalogIndex,
  schema: IArgumentSchema
): ICandidates {
  const { activations, initializers, ...kinds } = catalog.catalog;
  switch (schema['x-keras']) {
    case 'regularizer':
      return ofOneKind(kinds.regularizers);
    case 'constraint':
      return ofOneKind(kinds.constraints);
    case 'optimizer':
      return ofOneKind(kinds.optimizers);
    case 'schedule':
      return ofOneKind(kinds.schedules);
    case 'loss':
      return ofOneKind(kinds.losses);
    case 'metrics':
      return { ...ofOneKind(kinds.metrics), names: examplesOf(schema) };
    case 'callbacks':
      return ofOneKind(kinds.callbacks);
    case 'data':
      return ofOneKind(kinds.data);
    case 'table':
      return ofOneKind(kinds.data.filter(source => source.is_table));
    case 'step':
      return {
        names: [],
        classes: [
          { label: null, entries: kinds.preparation },
          ...grouped(catalog, entry => PREPROCESSING.test(entry.group))
        ]
      };
    case 'strategy':
      return ofOneKind(kinds.strategies);
    case 'place':
      return ofOneKind(kinds.places);
    case 'split':
      return ofOneKind(kinds.splits);
    case 'activation':
      return {
        names: activations.map(({ name }) => name),
        classes: grouped(catalog, entry => isActivation(catalog, entry))
      };
    case 'layer':
    case 'layers':
      return {
        names: [],
        classes: grouped(catalog, entry => fits(entry, schema['x-role']))
      };
    default:
      return ofOneKind(initializers);
  }
}

function ofOneKind(entries: readonly IClassEntry[]): ICandidates {
  return { names: [], classes: [{ label: null, entries }] };
}

/** Names that stand for the class that suits the model, such as `accuracy`. */
function examplesOf({ examples }: IArgumentSchema): string[] {
  return Array.isArray(examples) ? examples.map(String) : [];
}

function grouped(
  catalog: CatalogIndex,
  isWanted: (entry: ILayerEntry) => boolean
): IClasses[] {
  return catalog.groups().map(({ group, entries }) => ({
    label: group,
    entries: entries.filter(isWanted)
  }));
}

/** A layer of the role, or where none is asked for, one that can be called with a tensor and nothing else. */
function fits(entry: ILayerEntry, role: string | undefined): boolean {
  if (entry.disabled || isOperation(entry)) {
    return false;
  }
  if (role) {
    return entry.class_name === role || entry.roles.includes(role);
  }
  const needed = entry.inputs.filter(port => !port.optional);
  return needed.length === 1 && !needed[0].many;
}

/** A layer that is an activation with arguments; not one with weights, which Keras does not see inside another. */
function isActivation(catalog: CatalogIndex, entry: ILayerEntry): boolean {
  const kinds = Object.values(entry.schema.properties).map(
    argument => argument['x-keras']
  );
  return (
    catalog.family(entry) === 'activation' &&
    !kinds.includes('activation') &&
    !kinds.includes('initializer')
  );
}
