import * as React from 'react';
import type { IArray, KerasKind } from '../../core';
import { useKernel } from '../hooks';
import { TextArgument } from './TextArgument';
import type { IArgumentProps } from './fieldprops';

/** What each kind of argument takes: a table is an array, too, where all of its columns are numbers. */
const TAKEN: Partial<Record<KerasKind, readonly IArray['kind'][]>> = {
  array_name: ['array', 'table'],
  table_name: ['table'],
  batches_name: ['batches']
};

/** The name of a variable of the kernel that holds data, with those that fit to choose from. */
export function VariableNameArgument(props: IArgumentProps): JSX.Element {
  const { arrays, refresh } = useArrays();
  const list = React.useId();
  const taken = TAKEN[props.schema['x-keras'] ?? 'array_name'] ?? [];
  const offered = arrays.filter(({ kind }) => taken.includes(kind));
  const found = offered.find(({ name }) => name === props.formData);
  return (
    <>
      <TextArgument {...props} list={list} onFocus={refresh} />
      <datalist id={list}>
        {offered.map(array => (
          <option key={array.name} value={array.name}>
            {describe(array)}
          </option>
        ))}
      </datalist>
      {found && <div className="jp-kerasviz-Field-note">{describe(found)}</div>}
    </>
  );
}

/** The data in the kernel: asked for at first, and again whenever a person comes to choose some. */
function useArrays(): { arrays: readonly IArray[]; refresh: () => void } {
  const kernel = useKernel(k => k.client);
  const ready = useKernel(k => k.status.state) === 'ready';
  const [arrays, setArrays] = React.useState<readonly IArray[]>([]);
  const refresh = React.useCallback(() => {
    if (kernel && ready) {
      kernel.request('arrays', {}).then(
        result => setArrays(result.arrays),
        // The list only helps: a name can be typed all the same.
        () => setArrays([])
      );
    }
  }, [kernel, ready]);
  React.useEffect(refresh, [refresh]);
  return { arrays, refresh };
}

function describe({ shape, dtype }: IArray): string {
  return shape.length > 0 ? `(${shape.join(', ')}) ${dtype}` : dtype;
}
