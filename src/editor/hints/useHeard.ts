import * as React from 'react';
import { silencedHints, type IHint } from '../../core';
import { useDocument, useHints } from '../hooks';

/** The hints of the last run that this document does not silence, and the codes of those that it does. */
export function useHeard(): {
  heard: readonly IHint[] | null;
  silenced: readonly string[];
} {
  const all = useHints();
  const model = useDocument(d => d.model);
  return React.useMemo(() => {
    const silenced = silencedHints(model);
    const heard = all && all.filter(({ code }) => !silenced.includes(code));
    return { heard, silenced };
  }, [all, model]);
}
