import * as React from 'react';

/** Controls that do nothing, with the reason, where there is one. */
export function Usable({
  reason,
  children
}: {
  reason: string | undefined;
  children: React.ReactNode;
}): JSX.Element {
  return reason === undefined ? (
    <>{children}</>
  ) : (
    <fieldset className="jp-kerasviz-Unused" disabled title={reason}>
      {children}
      <p className="jp-kerasviz-Field-note" data-problem="unused">
        {reason}
      </p>
    </fieldset>
  );
}
