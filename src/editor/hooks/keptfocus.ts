import * as React from 'react';

/**
 * Keeps the keyboard focus in an element when what has it goes: browsers give it to the page then, where the next keys
 * would be for something else.
 *
 * @param root - Can have the focus itself.
 * @param next - What is to have it instead; `root` where there is none.
 */
export function useKeptFocus(
  root: React.RefObject<HTMLElement>,
  next: () => HTMLElement | null = () => null
): void {
  const latest = React.useRef(next);
  latest.current = next;
  React.useEffect(() => {
    const box = root.current!;
    const page = box.ownerDocument;
    let focused: Element | null = null;
    const onFocus = ({ target }: FocusEvent) => {
      focused =
        target instanceof Element && box.contains(target) ? target : null;
    };
    const observer = new MutationObserver(() => {
      const isLost = focused !== null && !focused.isConnected;
      if (isLost && page.activeElement === page.body) {
        (latest.current() ?? box).focus({ preventScroll: true });
      }
    });
    page.addEventListener('focusin', onFocus);
    observer.observe(box, { childList: true, subtree: true });
    return () => {
      page.removeEventListener('focusin', onFocus);
      observer.disconnect();
    };
  }, [root]);
}
