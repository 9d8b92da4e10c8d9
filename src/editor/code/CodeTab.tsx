import * as React from 'react';
import { say } from '../../core';
import { useTranslation } from '../host';
import { useAnswer, useKernel, useVisible } from '../hooks';
import { ErrorNotice } from '../errors/ErrorNotice';
import { CopyButton } from './CopyButton';
import { InsertButton } from './InsertButton';
import { PythonText } from './PythonText';

export interface ICodeTabProps {
  /** Puts code into a new cell of a notebook; only where the host can. */
  onInsertCode?(code: string): Promise<void>;
}

const NO_PARAMETERS = {};

/** The Keras code of what is drawn, as it is drawn. */
export function CodeTab({ onInsertCode }: ICodeTabProps): JSX.Element {
  const trans = useTranslation();
  const root = React.useRef<HTMLDivElement>(null);
  const text = React.useRef<HTMLPreElement>(null);
  const hasKernel = useKernel(k => k.client !== null);
  const isVisible = useVisible(root);
  const { result, error, pending } = useAnswer(
    'code',
    NO_PARAMETERS,
    isVisible
  );
  return (
    <div
      className="jp-kerasviz-CodeTab"
      ref={root}
      data-pending={pending || undefined}
    >
      {error && <ErrorNotice error={error} subject="document" />}
      {result && (
        <>
          <div className="jp-kerasviz-CodeTab-buttons">
            <CopyButton element={text} />
            {onInsertCode && (
              <InsertButton code={result.code} onInsert={onInsertCode} />
            )}
          </div>
          {result.replaces && (
            <p className="jp-kerasviz-CodeTab-replaces" role="note">
              {say(result.replaces)}
            </p>
          )}
          <pre ref={text} tabIndex={0} aria-label={trans.__('Keras code')}>
            <PythonText code={result.code} />
          </pre>
        </>
      )}
      {!error && !result && (
        <p className="jp-kerasviz-Inspector-hint">
          {hasKernel
            ? trans.__('Generating code…')
            : trans.__('Start a kernel to see the code.')}
        </p>
      )}
    </div>
  );
}
