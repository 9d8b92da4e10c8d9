import * as React from 'react';
import type { IRunStatus } from '../../core';
import { entryOf, labelOf } from '../forms/kerasobject';
import { useTranslation } from '../host';
import { useCatalog, useKernel, useModel } from '../hooks';
import type { IElsewhere } from './RunProgress';

/** What there is to say of a run that trains outside the kernel; undefined of one in it. */
export function useElsewhere(
  status: IRunStatus | null
): IElsewhere | undefined {
  const trans = useTranslation();
  const model = useModel();
  const { places } = useCatalog(c => c).catalog;
  const own = useKernel(k => k.status.hello?.backend);
  const place = status?.place;
  const backend = status?.backend;
  return React.useMemo(() => {
    if (place === undefined) {
      return undefined;
    }
    const entry = entryOf(places, { class_name: place, config: {} });
    const facts: [string, string][] = [
      [trans.__('Place'), entry ? labelOf(entry) : place]
    ];
    if (backend && backend !== own) {
      facts.push([trans.__('Backend'), backend]);
    }
    return { facts, end: () => void model.run.end() };
  }, [place, backend, own, places, model, trans]);
}
