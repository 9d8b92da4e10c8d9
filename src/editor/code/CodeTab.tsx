import * as React from 'react';
import { say } from '../../core';
import { useTranslation } from '../host';
import {
  useAnswer,
  useKernel,
  useLook,
  useRecipe,
  useRun,
  useVisible
} from '../hooks';
import { ErrorNotice } from '../errors/ErrorNotice';
import { CopyButton } from './CopyButton';
import { NeedsLook } from './NeedsLook';
import { PythonText } from './PythonText';
import { RecipeSelect } from './RecipeSelect';
import { SendButton } from './SendButton';

export interface ICodeTabProps {
  /** Puts code into a new cell of a notebook; only where the host can. */
  onInsertCode?(code: string): Promise<void>;
  /** Opens code as a script of its own; only where the host can. */
  onOpenCode?(code: string): Promise<void>;
}

/** The code of what is drawn and of how it is trained, as it stands. */
export function CodeTab({
  onInsertCode,
  onOpenCode
}: ICodeTabProps): JSX.Element {
  const trans = useTranslation();
  const root = React.useRef<HTMLDivElement>(null);
  const text = React.useRef<HTMLPreElement>(null);
  const hasKernel = useKernel(k => k.client !== null);
  const isVisible = useVisible(root);
  const recipe = useRecipe();
  const parameters = React.useMemo(() => ({ recipe }), [recipe]);
  const preview = useLook(look => look.preview);
  const isTraining = useRun(run => run.history?.isActive);
  const { result, error, pending } = useAnswer(
    'code',
    parameters,
    isVisible,
    preview ?? isTraining // a run looks at its table, too
  );
  return (
    <div
      className="jp-kerasviz-CodeTab"
      ref={root}
      data-pending={pending || undefined}
    >
      {hasKernel && (
        <div className="jp-kerasviz-CodeTab-buttons">
          <RecipeSelect />
          {result && (
            <>
              <CopyButton element={text} />
              {onInsertCode && (
                <SendButton
                  command="insert-code"
                  label={trans.__('Insert as Cell')}
                  code={result.code}
                  onSend={onInsertCode}
                />
              )}
              {onOpenCode && (
                <SendButton
                  command="open-code"
                  label={trans.__('Open as Script')}
                  code={result.code}
                  onSend={onOpenCode}
                />
              )}
            </>
          )}
        </div>
      )}
      {error && <ErrorNotice error={error} subject="document" />}
      {result && (
        <>
          {result.needs_look && <NeedsLook />}
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
