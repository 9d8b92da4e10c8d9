/** Which control each argument gets. */
import type { JSONObject } from '@lumino/coreutils';
import type { UiSchema } from '@rjsf/utils';
import { listsColumns, type IArgumentSchema } from '../../core';
import { accepts } from './accepts';

/** Name of a control, as `ArgumentsForm` has them. */
export type ArgumentField =
  | 'text'
  | 'choice'
  | 'devices'
  | 'dtype'
  | 'flag'
  | 'object'
  | 'objects'
  | 'schedule'
  | 'path'
  | 'column_name'
  | 'column_names'
  | 'variable_name'
  | 'run_path';

/** The control that fits an argument's schema. */
export function fieldOf(schema: IArgumentSchema): ArgumentField {
  switch (schema['x-keras']) {
    case 'initializer':
    case 'regularizer':
    case 'constraint':
    case 'activation':
    case 'layer':
    case 'optimizer':
    case 'data':
    case 'table':
    case 'split':
    case 'place':
    case 'step':
    case 'strategy':
    case 'loss':
      return 'object';
    case 'layers':
    case 'metrics':
    case 'callbacks':
      return 'objects';
    case 'schedule':
    case 'run_path':
    case 'devices':
    case 'column_name':
      return schema['x-keras'];
    case 'array_name':
    case 'table_name':
    case 'batches_name':
      return 'variable_name';
    case 'file_path':
    case 'folder_path':
      return 'path';
    case 'dtype':
    case 'dtype_policy':
      return 'dtype';
    case undefined:
      break;
    default:
      return 'text';
  }
  if (listsColumns(schema)) {
    return 'column_names';
  }
  if (schema.enum) {
    return 'choice';
  }
  if (accepts(schema, 'boolean')) {
    return accepts(schema, 'null') ? 'choice' : 'flag';
  }
  return 'text';
}

/** rjsf's description of how a form looks. */
export function formUiSchema(properties: {
  [name: string]: IArgumentSchema;
}): UiSchema<JSONObject> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [
      name,
      { 'ui:field': fieldOf(schema), 'ui:fieldReplacesAnyOrOneOf': true }
    ])
  );
}
