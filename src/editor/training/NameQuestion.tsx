import * as React from 'react';
import { say } from '../../core';
import { useTranslation } from '../host';
import { useModel, useRun } from '../hooks';
import { CommandButton } from './RunButtons';

/** Asks before the trained model replaces something of the user's own; the kernel remembers the answer. */
export function NameQuestion(): JSX.Element | null {
  const trans = useTranslation();
  const { document, run } = useModel();
  const question = useRun(r => r.question);
  if (!question) {
    return null;
  }
  const { name, free, start, until, sentence } = question;
  const rename = () => {
    document.setTraining({ model_name: free });
    void run.train(start, { until });
  };
  return (
    <div className="jp-kerasviz-NameQuestion" role="alert">
      <p>{say(sentence)}</p>
      <CommandButton
        command="replace"
        onClick={() => void run.train(start, { replace: name, until })}
      >
        {trans.__('Replace It')}
      </CommandButton>
      <CommandButton command="rename" onClick={rename}>
        {trans.__('Train as %1', free)}
      </CommandButton>
      <CommandButton command="cancel" onClick={() => run.cancel()}>
        {trans.__('Cancel')}
      </CommandButton>
    </div>
  );
}
