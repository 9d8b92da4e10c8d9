import * as React from 'react';
import { useTranslation } from '../host';
import { TextArgument } from './TextArgument';
import type { IArgumentProps } from './fieldprops';

/** Where a callback writes: a path inside the folder of the run. */
export function RunPathArgument(props: IArgumentProps): JSX.Element {
  const trans = useTranslation();
  return (
    <>
      <TextArgument {...props} />
      <div className="jp-kerasviz-Field-note">
        {trans.__('In the folder of the run.')}
      </div>
    </>
  );
}
