import * as React from 'react';
import { say, type FixSubject, type IKerasError } from '../../core';
import { FixButton } from './FixButton';
import { useTranslation } from '../host';

export interface IErrorNoticeProps {
  error: IKerasError;
  /** What it is about. */
  subject?: FixSubject;
}

/** What is wrong, in a sentence; the way out, and Keras' own words behind it. */
export function ErrorNotice({
  error,
  subject = 'shown'
}: IErrorNoticeProps): JSX.Element {
  const trans = useTranslation();
  const sentence = say(error.message);
  return (
    <div className="jp-kerasviz-ErrorNotice">
      <p>{sentence}</p>
      {error.fix && <FixButton fix={error.fix} subject={subject} />}
      {error.detail && !sentence.includes(error.detail) && (
        <details>
          <summary>{trans.__('Message from Keras')}</summary>
          <pre>{error.detail}</pre>
        </details>
      )}
    </div>
  );
}
