import type { ObjectFieldTemplateProps } from '@rjsf/utils';
import * as React from 'react';
import type { IArgumentSchema } from '../../core';
import { ArgumentList } from './ArgumentList';

/** The arguments of a class. */
export function ArgumentsTemplate({
  properties,
  schema,
  formData
}: ObjectFieldTemplateProps): JSX.Element {
  return (
    <ArgumentList
      items={properties.map(({ name, content }) => ({
        schema: schema.properties?.[name] as IArgumentSchema | undefined,
        value: formData?.[name],
        content
      }))}
    />
  );
}

/** The arguments one after the other. */
export function FlatTemplate(props: ObjectFieldTemplateProps): JSX.Element {
  return <>{props.properties.map(property => property.content)}</>;
}
