import * as React from 'react';
import type { IArray } from '../../core';
import { useKernel } from '../hooks';
import { TextArgument } from './TextArgument';
import type { IArgumentProps } from './fieldprops';

/** The name of an array in the kernel, with those that there are to choose from. */
export function ArrayNameArgument(props: IArgumentProps): JSX.Element {
  const { arrays, refresh } = useArrays();
  const list = React.useId();
  const found = arrays.find(({ name }) => name === props.formData);
  return (
    <>
      <TextArgument {...props} list={list} onFocus={refresh} />
      <datalist id={list}>
        {arrays.map(array => (
          <option key={array.name} value={array.name}>
            {describe(array)}
          </option>
        ))}
      </datalist>
      {found && <div className="jp-kerasviz-Field-note">{describe(found)}</div>}
    </>
  );
}

/** The arrays in the kernel: asked for at first, and again whenever a person comes to choose one. */
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

function describe(array: IArray): string {
  return `(${array.shape.join(', ')}) ${array.dtype}`;
}
