import * as React from 'react';
import type { IKerasError } from '../../core';
import { FixButton } from '../FixButton';
import { useTranslation } from '../host';

/** Why training failed, in words; Keras' own message is behind it. */
export function RunError({ error }: { error: IKerasError }): JSX.Element {
  const trans = useTranslation();
  return (
    <div className="jp-kerasviz-RunError" role="alert">
      <p>
        {error.layer !== null && <strong>{error.layer}: </strong>}
        {error.message}
      </p>
      {error.fix && <FixButton fix={error.fix} />}
      {error.detail && (
        <details>
          <summary>{trans.__('What Keras says')}</summary>
          <pre>{error.detail}</pre>
        </details>
      )}
    </div>
  );
}
