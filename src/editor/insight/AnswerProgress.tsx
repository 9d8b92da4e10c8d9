import * as React from 'react';
import { useTranslation } from '../host';

export interface IAnswerProgressProps {
  /** How far the answer is, from 0 to 1; null where nobody knows. */
  share: number | null;
  onStop(): void;
}

/** How far an answer is that takes long, and a button that ends it. */
export function AnswerProgress(props: IAnswerProgressProps): JSX.Element {
  const trans = useTranslation();
  return (
    <p className="jp-kerasviz-AnswerProgress">
      <progress
        value={props.share ?? undefined}
        aria-label={trans.__('Progress')}
      />
      <button type="button" className="jp-mod-styled" onClick={props.onStop}>
        {trans.__('Stop')}
      </button>
    </p>
  );
}
