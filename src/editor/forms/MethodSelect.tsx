import * as React from 'react';
import { say, type IEmbeddingMethod } from '../../core';
import { useTranslation } from '../host';
import { GroupedSelect } from './GroupedSelect';

/** A choice of one method of several; those that can't be used say why. */
export function MethodSelect({
  methods,
  value,
  onChange
}: {
  methods: readonly Pick<
    IEmbeddingMethod,
    'class_name' | 'title' | 'summary' | 'unfit'
  >[];
  /** Name of the chosen one; empty for none. */
  value: string;
  onChange(name: string): void;
}): JSX.Element {
  const trans = useTranslation();
  const options = methods.map(({ class_name, title, summary, unfit }) => ({
    key: class_name,
    text: unfit === null ? title : `${title} – ${say(unfit)}`,
    title: unfit === null ? summary : say(unfit),
    disabled: unfit !== null
  }));
  return (
    <GroupedSelect
      label={trans.__('Method')}
      value={value}
      groups={[{ label: null, options }]}
      placeholder={trans.__('Choose…')}
      onChange={onChange}
    />
  );
}
