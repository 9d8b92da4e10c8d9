import * as React from 'react';

/** Where in the document the form around this component stands; null where a sweep can't reach it. */
export const PathContext = React.createContext<readonly string[] | null>(null);

/** The keys under which an argument of the form around this component stands; null where a sweep can't reach it. */
export type KeysOf = (argument: string) => readonly string[] | null;

/** Null where each argument stands under its name. */
export const KeysContext = React.createContext<KeysOf | null>(null);

/** A form inside another: its values stand under more keys. */
export function Inside({
  keys,
  children
}: {
  keys: readonly string[] | null;
  children: React.ReactNode;
}): JSX.Element {
  const path = React.useContext(PathContext);
  const inner = React.useMemo(
    () => path && keys && [...path, ...keys],
    [path, keys]
  );
  return (
    <PathContext.Provider value={inner}>
      <KeysContext.Provider value={null}>{children}</KeysContext.Provider>
    </PathContext.Provider>
  );
}
