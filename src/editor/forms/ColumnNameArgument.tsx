import * as React from 'react';
import { useTranslation } from '../host';
import { useLook } from '../hooks';
import { TextArgument } from './TextArgument';
import type { IArgumentProps } from './fieldprops';

/** The name of a column: one of those that were found in the data, where a person has looked. */
export function ColumnNameArgument(props: IArgumentProps): JSX.Element {
  const { formData, idSchema, onChange } = props;
  const trans = useTranslation();
  const columns = useLook(({ preview, parts }) => parts ?? preview?.columns);
  if (!columns || columns.length === 0) {
    return <TextArgument {...props} />;
  }
  const chosen = typeof formData === 'string' ? formData : '';
  const names = columns.map(({ name }) => name);
  return (
    <select
      id={idSchema.$id}
      className="jp-mod-styled"
      value={chosen}
      onChange={event => onChange(event.target.value || undefined)}
    >
      <option value="">{trans.__('Choose…')}</option>
      {[...new Set([...names, ...(chosen ? [chosen] : [])])].map(name => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}
