import * as React from 'react';
import { useRun } from '../hooks';
import { useMissing } from './useMissing';

/** What training still needs, while no run is under way. */
export function Missing(): JSX.Element | null {
  const needs = Object.entries(useMissing());
  const isActive = useRun(r => r.history?.isActive ?? false);
  return isActive || needs.length === 0 ? null : (
    <ul className="jp-kerasviz-Missing">
      {needs.map(([name, need]) => (
        <li key={name} data-missing={name}>
          {need}
        </li>
      ))}
    </ul>
  );
}
