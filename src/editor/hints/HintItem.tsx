import * as React from 'react';
import { say, type IHint } from '../../core';
import { FixButton } from '../errors/FixButton';
import { Markdown } from '../forms/Markdown';
import { useTranslation } from '../host';
import { useHints, useModel } from '../hooks';
import { HintEvidence } from './HintEvidence';
import { TrainAgain } from './TrainAgain';

/** One hint: what is wrong, by what it was found, and what can be done. */
export function HintItem({ hint }: { hint: IHint }): JSX.Element {
  const trans = useTranslation();
  const { hints } = useModel();
  const { code, severity } = hint;
  const isPointed = useHints(h => h.pointed === code);
  const isPast = useHints(h => hint.of === 'run' && h.told!.changed);
  const isDone = useHints(h => h.told!.done.includes(code));
  const item = React.useRef<HTMLLIElement>(null);
  React.useEffect(() => {
    if (isPointed) {
      item.current?.focus({ preventScroll: true });
      item.current?.scrollIntoView?.({ block: 'nearest' });
    }
  }, [isPointed]);
  const severities = {
    error: trans.__('Error'),
    warning: trans.__('Warning'),
    info: trans.__('Suggestion')
  };
  return (
    <li
      ref={item}
      tabIndex={-1}
      className="jp-kerasviz-Hint"
      data-severity={severity}
      data-code={code}
      data-past={isPast || undefined}
      data-pointed={isPointed || undefined}
    >
      <p>
        <strong title={code}>
          {trans.__('%1: %2.', severities[severity], say(hint.title))}
        </strong>{' '}
        {isPast && (
          <span className="jp-kerasviz-Hint-past">
            {trans.__('In the last run:')}{' '}
          </span>
        )}
        {say(hint.sentence)}
      </p>
      <p className="jp-kerasviz-Hint-consequence">{say(hint.consequence)}</p>
      <HintEvidence hint={hint} />
      <div className="jp-kerasviz-Hint-buttons">
        {isDone ? (
          <>
            <span role="status">
              {trans.__('Done: %1.', hint.fix ? say(hint.fix.title) : '')}
            </span>
            <TrainAgain />
          </>
        ) : (
          hint.fix && <FixButton fix={hint.fix} subject="document" />
        )}
        <button
          type="button"
          className="jp-kerasviz-Button"
          title={trans.__('Do not show %1 in this document', code)}
          onClick={() => hints.silence(code)}
        >
          {trans.__('Silence')}
        </button>
      </div>
      <details>
        <summary>{trans.__('Explanation and example')}</summary>
        <Markdown text={hint.doc} />
      </details>
    </li>
  );
}
