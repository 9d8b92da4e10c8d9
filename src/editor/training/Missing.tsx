import * as React from 'react';
import { useTranslation } from '../host';
import { useCatalog, useDocument, useKernel, useRun } from '../hooks';
import { missing } from './readiness';

/** What training still needs, while no run is under way. */
export function Missing(): JSX.Element | null {
  const trans = useTranslation();
  const document = useDocument(d => d.model);
  const kernel = useKernel(k => k.status);
  const { catalog } = useCatalog(c => c);
  const isActive = useRun(r => r.history?.isActive ?? false);
  if (!document || isActive) {
    return null;
  }
  const needs = Object.entries(missing(document, catalog, kernel, trans));
  return needs.length === 0 ? null : (
    <ul className="jp-kerasviz-Missing">
      {needs.map(([name, need]) => (
        <li key={name} data-missing={name}>
          {need}
        </li>
      ))}
    </ul>
  );
}
