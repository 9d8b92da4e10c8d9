/** Arguments of a data source that say which of its columns, or of the arrays in its file, are taken. */
import { isObject } from '../isobject';
import type { IArgumentSchema } from './catalog';

/** Whether an argument is a list of names of columns or arrays. */
export function listsColumns({ items }: IArgumentSchema): boolean {
  return isObject(items) && items['x-keras'] === 'column_name';
}

/** Whether an argument names columns or arrays: one or several. */
export function namesColumns(schema: IArgumentSchema): boolean {
  return schema['x-keras'] === 'column_name' || listsColumns(schema);
}
