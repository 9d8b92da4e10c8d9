/** What the columns of a table are for. */
import type { IColumnsJSON } from '../../core';

export type Role = 'input' | 'target' | 'ignored' | 'weight';

/** What a column is for. */
export function roleOf(columns: IColumnsJSON, name: string): Role {
  if (columns.target?.includes(name)) {
    return 'target';
  }
  if (columns.ignored?.includes(name)) {
    return 'ignored';
  }
  return columns.weight === name ? 'weight' : 'input';
}

/** The columns where one of them is for something else. One weighs the samples at most. */
export function withRole(
  columns: IColumnsJSON,
  name: string,
  role: Role
): IColumnsJSON {
  const { target = [], ignored = [], weight = null } = columns;
  const rest = (names: string[]) => names.filter(other => other !== name);
  const other = weight === name ? null : weight;
  return {
    target: role === 'target' ? [...rest(target), name] : rest(target),
    ignored: role === 'ignored' ? [...rest(ignored), name] : rest(ignored),
    weight: role === 'weight' ? name : other
  };
}
