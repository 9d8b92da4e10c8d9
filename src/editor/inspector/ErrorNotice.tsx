import * as React from 'react';
import type { IKerasError } from '../../core';
import { FixButton } from '../FixButton';
import { useTranslation } from '../host';

/** What is wrong, in a sentence; the way out, and Keras' own words behind it. */
export function ErrorNotice({ error }: { error: IKerasError }): JSX.Element {
  const trans = useTranslation();
  return (
    <div className="jp-kerasviz-ErrorNotice">
      <p>{error.message}</p>
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
