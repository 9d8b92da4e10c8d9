import * as React from 'react';
import { useTranslation } from '../host';
import { useHints } from '../hooks';

/** How many hints there are; nothing where there are none. */
export function HintsBadge(): JSX.Element | null {
  const trans = useTranslation();
  const heard = useHints(h => h.heard);
  if (heard.length === 0) {
    return null;
  }
  return (
    <span
      className="jp-kerasviz-HintsBadge"
      data-severity={heard[0].severity}
      title={trans._n('%1 hint', '%1 hints', heard.length, heard.length)}
    >
      {heard.length}
    </span>
  );
}
