import type { ObjectFieldTemplateProps } from '@rjsf/utils';
import * as React from 'react';
import type { IArgumentSchema } from '../../core';
import { useTranslation } from '../host';

/** The arguments of a class: what is mostly set first, the rest folded away. */
export function ArgumentsTemplate(
  props: ObjectFieldTemplateProps
): JSX.Element {
  const trans = useTranslation();
  const { properties, schema, formData } = props;
  const isRare = (name: string) =>
    isOptional(schema.properties?.[name] as IArgumentSchema | undefined) &&
    (formData?.[name] ?? null) === null;
  const rare = properties.filter(({ name }) => isRare(name));
  return (
    <>
      {properties
        .filter(({ name }) => !isRare(name))
        .map(property => property.content)}
      {rare.length > 0 && (
        <details className="jp-kerasviz-Field-more">
          <summary>{trans.__('More arguments')}</summary>
          {rare.map(property => property.content)}
        </details>
      )}
    </>
  );
}

/** Keras does without it; an activation is None by default too, and yet is what people look for. */
function isOptional(schema: IArgumentSchema | undefined): boolean {
  return schema?.default === null && schema['x-keras'] !== 'activation';
}
