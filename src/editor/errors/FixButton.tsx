import * as React from 'react';
import { say, type FixSubject, type IFix } from '../../core';
import { useModel } from '../hooks';

export interface IFixButtonProps {
  fix: IFix;
  /** What the error is about. */
  subject: FixSubject;
}

/** Fixes the document with one click, and one step to undo it. */
export function FixButton({ fix, subject }: IFixButtonProps): JSX.Element {
  const model = useModel();
  const [pending, setPending] = React.useState(false);
  const [failure, setFailure] = React.useState('');
  const onClick = async (event: React.MouseEvent<HTMLElement>) => {
    // The button goes with the error, and the focus must not be lost with it.
    const home = event.currentTarget.closest<HTMLElement>(
      '.jp-kerasviz-Canvas, .jp-kerasviz-Inspector'
    );
    setPending(true);
    setFailure('');
    try {
      await model.applyFix(fix, subject);
      home?.focus({ preventScroll: true });
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
        onClick={event => void onClick(event)}
      >
        {say(fix.title)}
      </button>
      {failure && <div role="alert">{failure}</div>}
    </>
  );
}
