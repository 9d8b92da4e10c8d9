import * as React from 'react';
import type { IKerasError } from '../../core';
import { ErrorNotice } from '../errors/ErrorNotice';
import { useTranslation } from '../host';

export interface IRunErrorProps {
  error: IKerasError;
  /** Whether what ran is still what is drawn: its fix is for nothing else. */
  isOfDrawing?: boolean;
}

/** Why training failed, and at which layer. */
export function RunError({
  error,
  isOfDrawing = true
}: IRunErrorProps): JSX.Element {
  const trans = useTranslation();
  const told = isOfDrawing ? error : { ...error, fix: null };
  return (
    <div className="jp-kerasviz-RunError" role="alert">
      {error.layer !== null && <strong>{error.layer}</strong>}
      <ErrorNotice error={told} subject="document" />
      {!isOfDrawing && (
        <p className="jp-kerasviz-RunError-past">
          {trans.__('This is about the last attempt to train.')}
        </p>
      )}
    </div>
  );
}
