import * as React from 'react';
import { say, type IKerasError } from '../../core';
import { useTranslation } from '../host';
import type { CalloutSide } from './callout';
import { FixButton } from '../errors/FixButton';

export interface INodeErrorProps {
  error: IKerasError;
  side: CalloutSide;
}

/** The sentence that says what is wrong, beside the card, with Keras' own words behind it. */
export function NodeError({ error, side }: INodeErrorProps): JSX.Element {
  const trans = useTranslation();
  return (
    <div
      className="jp-kerasviz-LayerNode-error nodrag nopan nowheel"
      data-side={side}
      role="alert"
    >
      <div>{say(error.message)}</div>
      {error.fix && <FixButton fix={error.fix} subject="shown" />}
      {error.detail && (
        <details>
          <summary>{trans.__('Message from Keras')}</summary>
          <pre>{error.detail}</pre>
        </details>
      )}
    </div>
  );
}
