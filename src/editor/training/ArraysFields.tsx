import * as React from 'react';
import type { IArray, IChosenJSON } from '../../core';
import { useTranslation } from '../host';
import { useKernel, useModel } from '../hooks';
import { TextField } from '../forms/TextField';

/** Names of the arrays to train on, with those that the kernel has to choose from. */
export function ArraysFields({ data }: { data: IChosenJSON }): JSX.Element {
  const trans = useTranslation();
  const { document } = useModel();
  const { arrays, refresh } = useArrays();
  const list = React.useId();
  const field = (axis: 'x' | 'y', label: string) => {
    const found = arrays.find(({ name }) => name === data.config[axis]);
    return (
      <TextField
        name={axis}
        label={label}
        value={String(data.config[axis] ?? '')}
        list={list}
        onFocus={refresh}
        help={found && describe(found)}
        onCommit={name =>
          document.setTraining({
            data: { ...data, config: { ...data.config, [axis]: name.trim() } }
          })
        }
      />
    );
  };
  return (
    <>
      {field('x', trans.__('Inputs (x)'))}
      {field('y', trans.__('Targets (y)'))}
      <datalist id={list}>
        {arrays.map(array => (
          <option key={array.name} value={array.name}>
            {describe(array)}
          </option>
        ))}
      </datalist>
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
