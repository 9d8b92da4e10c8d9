import type { ObjectFieldTemplateProps } from '@rjsf/utils';
import * as React from 'react';
import type { IArgumentSchema } from '../../core';
import { ArgumentList } from './ArgumentList';

/** What a whole form tells its parts. */
export interface IFormContext {
  /** What its folded arguments are called. */
  more?: string;
}

/** The arguments of a class. */
export function ArgumentsTemplate({
  properties,
  schema,
  formData,
  formContext
}: ObjectFieldTemplateProps): JSX.Element {
  return (
    <ArgumentList
      more={(formContext as IFormContext | undefined)?.more}
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
