import * as React from 'react';
import { useLook } from '../hooks';
import { TextArgument } from './TextArgument';
import type { IArgumentProps } from './fieldprops';

/** The name of a column; those that were found in the data are there to choose from. */
export function ColumnNameArgument(props: IArgumentProps): JSX.Element {
  const columns = useLook(({ preview, parts }) => parts ?? preview?.columns);
  const list = React.useId();
  return (
    <>
      <TextArgument {...props} list={list} />
      <datalist id={list}>
        {columns?.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
