import { type JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import { isObject } from '../../core';
import { useTranslation } from '../host';
import { useCatalog } from '../hooks';
import { configOf, nameOf } from './kerasobject';
import { accepts } from './accepts';
import { GroupedSelect } from './GroupedSelect';
import type { IArgumentProps } from './fieldprops';

/** The dtype of a tensor, or the dtype policy of a layer; either is written by its name. */
export function DtypeArgument(props: IArgumentProps): JSX.Element {
  const { schema, formData, idSchema, onChange } = props;
  const trans = useTranslation();
  const { dtypes, dtype_policies } = useCatalog(c => c.catalog);
  const value = formData ?? (schema.default as JSONValue | undefined);
  const isPolicy = schema['x-keras'] === 'dtype_policy';
  const names = isPolicy ? dtype_policies : dtypes;
  const isPlain = (name: string) => dtypes.includes(name);
  const options = (some: readonly string[]) =>
    some.map(name => ({ key: name, text: name }));
  const none = accepts(schema, 'null') ? [nameOf(null)] : [];
  return (
    <GroupedSelect
      id={idSchema.$id}
      value={value === undefined ? '' : dtypeName(value)}
      placeholder={value === undefined ? trans.__('Choose…') : dtypeName(value)}
      groups={[
        { label: null, options: options([...none, ...names.filter(isPlain)]) },
        {
          label: trans.__('Policies'),
          options: options(names.filter(name => !isPlain(name)))
        }
      ]}
      onChange={name => onChange(none.includes(name) ? null : name)}
    />
  );
}

/** The name of a dtype, of a policy, or of a policy of quantized weights, which Keras writes in two parts. */
function dtypeName(value: JSONValue): string {
  const { name, mode, source_name } = configOf(value);
  if (isObject(value) && typeof name === 'string') {
    return name;
  }
  return mode && source_name ? `${mode}_from_${source_name}` : nameOf(value);
}
