import * as React from 'react';

/** Names with their values, a line each. */
export function Facts({ rows }: { rows: [string, string][] }): JSX.Element {
  return (
    <dl className="jp-kerasviz-Totals">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
