import * as React from 'react';

/** Where in the document the form around this component stands; null where a sweep can't reach it. */
export const PathContext = React.createContext<readonly string[] | null>(null);

/** A form inside another: its values stand under more keys. */
export function Inside({
  keys,
  children
}: {
  keys: readonly string[];
  children: React.ReactNode;
}): JSX.Element {
  const path = React.useContext(PathContext);
  const inner = React.useMemo(() => path && [...path, ...keys], [path, keys]);
  return <PathContext.Provider value={inner}>{children}</PathContext.Provider>;
}
