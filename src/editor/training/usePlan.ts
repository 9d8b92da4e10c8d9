import * as React from 'react';
import { planOf, type IPlan } from '../../core';
import { useDocument } from '../hooks';

/** The plan of the document, with its defaults; null while there is no model. */
export function usePlan(): IPlan | null {
  const model = useDocument(d => d.model);
  return React.useMemo(() => model && planOf(model), [model]);
}
