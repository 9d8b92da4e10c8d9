import { JSONExt, type JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import { useTranslation } from '../host';
import { nameOf } from './kerasobject';
import type { IArgumentProps } from './fieldprops';

/** A value out of a list: an enumeration, or yes or no or none. */
export function ChoiceArgument(props: IArgumentProps): JSX.Element {
  const { schema, formData, idSchema, onChange } = props;
  const trans = useTranslation();
  const values = (schema.enum as JSONValue[] | undefined) ?? [
    true,
    false,
    null
  ];
  const value = formData ?? (schema.default as JSONValue | undefined);
  const known = values.findIndex(
    item => value !== undefined && JSONExt.deepEqual(item, value)
  );
  return (
    <select
      id={idSchema.$id}
      className="jp-mod-styled"
      value={known}
      onChange={event => onChange(values[Number(event.target.value)])}
    >
      {known === -1 && (
        <option value={-1}>
          {value === undefined ? trans.__('Choose…') : nameOf(value)}
        </option>
      )}
      {values.map((item, i) => (
        <option key={i} value={i}>
          {nameOf(item)}
        </option>
      ))}
    </select>
  );
}
