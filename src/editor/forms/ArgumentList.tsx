import type { JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import { namesColumns, type IArgumentSchema } from '../../core';
import { useTranslation } from '../host';

/** One argument of a form. */
export interface IArgumentItem {
  schema: IArgumentSchema | undefined;
  /** Undefined or null where nobody set it. */
  value: JSONValue | undefined;
  content: JSX.Element;
}

/** The arguments of a class: what is mostly set first, the rest folded away. */
export function ArgumentList(props: {
  items: readonly IArgumentItem[];
  /** What the folded ones are called, where more than one list is near. */
  more?: string;
}): JSX.Element {
  const trans = useTranslation();
  const isRare = ({ schema, value }: IArgumentItem) =>
    (schema?.['x-rare'] ?? isOptional(schema)) && (value ?? null) === null;
  const rare = props.items.filter(isRare);
  return (
    <>
      {props.items.filter(item => !isRare(item)).map(item => item.content)}
      {rare.length > 0 && (
        <details className="jp-kerasviz-Field-more">
          <summary>{props.more ?? trans.__('More arguments')}</summary>
          {rare.map(item => item.content)}
        </details>
      )}
    </>
  );
}

/** Keras does without it; an activation, or columns of the data, are None by default too, and yet are looked for. */
function isOptional(schema: IArgumentSchema | undefined): boolean {
  return (
    schema?.default === null &&
    schema['x-keras'] !== 'activation' &&
    !namesColumns(schema)
  );
}
