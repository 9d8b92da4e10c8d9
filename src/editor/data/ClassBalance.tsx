import * as React from 'react';
import type { IClassCount } from '../../core';
import { formatCount } from '../format';

/** How often each class occurs, as bars. */
export function ClassBalance({
  title,
  classes,
  all = classes.length,
  shown = 12
}: {
  title: string;
  /** The most frequent classes. */
  classes: readonly IClassCount[];
  /** How many classes there are. */
  all?: number;
  /** Classes that are shown: the first ones. */
  shown?: number;
}): JSX.Element {
  const most = Math.max(1, ...classes.map(({ count }) => count));
  return (
    <ul className="jp-kerasviz-ClassBalance" aria-label={title}>
      {classes.slice(0, shown).map(({ name, count }) => (
        <li key={name} title={name}>
          <span className="jp-kerasviz-ClassBalance-name">{name}</span>
          <span
            className="jp-kerasviz-ClassBalance-bar"
            style={{ width: `${(60 * count) / most}%` }}
          />
          <span className="jp-kerasviz-ClassBalance-count">
            {formatCount(count)}
          </span>
        </li>
      ))}
      {all > shown && <li>… {formatCount(all)}</li>}
    </ul>
  );
}
