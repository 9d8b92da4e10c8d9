import type { IArgumentSchema } from '../../core';

/** Whether an argument takes values of this JSON type. */
export function accepts(schema: IArgumentSchema, type: string): boolean {
  return Array.isArray(schema.type)
    ? schema.type.includes(type as never)
    : schema.type === type;
}

/** Whether an argument takes a number, or several of them. */
export function acceptsNumbers(schema: IArgumentSchema): boolean {
  const items = schema.items as IArgumentSchema | undefined;
  return (
    accepts(schema, 'integer') ||
    accepts(schema, 'number') ||
    (accepts(schema, 'array') && !!items && acceptsNumbers(items))
  );
}
