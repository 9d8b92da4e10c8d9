import * as React from 'react';
import type { IKerasError } from '../../core';
import { useTranslation } from '../host';
import { FixButton } from '../FixButton';

/** The sentence that says what is wrong, beside the card, with Keras' own words behind it. */
export function NodeError({ error }: { error: IKerasError }): JSX.Element {
  const trans = useTranslation();
  return (
    <div
      className="jp-kerasviz-LayerNode-error nodrag nopan nowheel"
      role="alert"
    >
      <div>{error.message}</div>
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
