import * as React from 'react';

type Handlers = Record<string, (...args: never[]) => unknown>;

/**
 * Handlers that stay the same functions while they do what the last render gave them to do, so that a component that
 * takes them is not drawn again because of them.
 */
export function useHandlers<T extends Handlers>(handlers: T): T {
  const latest = React.useRef(handlers);
  latest.current = handlers;
  const [stable] = React.useState(
    () =>
      Object.fromEntries(
        Object.keys(handlers).map(name => [
          name,
          (...args: never[]) => latest.current[name](...args)
        ])
      ) as T
  );
  return stable;
}
