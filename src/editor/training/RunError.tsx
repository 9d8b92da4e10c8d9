import * as React from 'react';
import type { IKerasError } from '../../core';
import { ErrorNotice } from '../errors/ErrorNotice';

/** Why training failed, and at which layer. */
export function RunError({ error }: { error: IKerasError }): JSX.Element {
  return (
    <div className="jp-kerasviz-RunError" role="alert">
      {error.layer !== null && <strong>{error.layer}</strong>}
      <ErrorNotice error={error} subject="document" />
    </div>
  );
}
