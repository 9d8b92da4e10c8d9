import * as React from 'react';
import type { IFix } from '../core';
import { useModel } from './hooks';

/** Mends the document with one click, and one step to undo it. */
export function FixButton({ fix }: { fix: IFix }): JSX.Element {
  const model = useModel();
  const [pending, setPending] = React.useState(false);
  const [failure, setFailure] = React.useState('');
  const onClick = async () => {
    setPending(true);
    setFailure('');
    try {
      await model.applyFix(fix);
    } catch (reason) {
      setFailure(reason instanceof Error ? reason.message : String(reason));
    } finally {
      setPending(false);
    }
  };
  return (
    <>
      <button
        className="jp-kerasviz-FixButton"
        type="button"
        disabled={pending}
        onClick={() => void onClick()}
      >
        {fix.title}
      </button>
      {failure && <div role="alert">{failure}</div>}
    </>
  );
}
