import * as React from 'react';
import { useTranslation } from '../host';
import { useModel, useWhy } from '../hooks';

/** Asks why the model answers this. */
export function WhyButton(): JSX.Element {
  const trans = useTranslation();
  const { why } = useModel();
  const isOpen = useWhy(w => w.isOpen);
  return (
    <button
      type="button"
      className="jp-mod-styled"
      data-command="kerasviz:why"
      aria-pressed={isOpen}
      title={trans.__(
        'Explain this prediction: show which parts of the sample matter (attribution)'
      )}
      onClick={() => (isOpen ? why.close() : void why.open())}
    >
      {trans.__('Why?')}
    </button>
  );
}
