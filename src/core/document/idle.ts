/** Does something when the page has nothing else to do; not at all where nobody tells when that is. */
export function atIdle(act: () => unknown): void {
  if (typeof requestIdleCallback === 'function') {
    requestIdleCallback(act);
  }
}
