import * as React from 'react';
import { useTranslation } from '../host';
import { useModelState } from '../hooks';
import { missing } from './readiness';

/** What training still needs, while no run is under way. */
export function Missing(): JSX.Element | null {
  const trans = useTranslation();
  const document = useModelState(['document'], m => m.document.model);
  const kernel = useModelState(['kernel'], m => m.kernelStatus);
  const isActive = useModelState(['run'], m => m.run?.isActive ?? false);
  if (!document || isActive) {
    return null;
  }
  const needs = Object.entries(missing(document, kernel, trans));
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
