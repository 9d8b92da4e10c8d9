import * as React from 'react';

/** Pixels that a pointer may move in a press that is meant for one place. */
const STILL = 4;

const CONTROLS = 'button, input, label, summary, a';

/**
 * Lets a press reach what it began on. It takes the focus from another field, which may fold its help or write its value
 * then: what is below moves away under the pointer, and browsers give the click to neither.
 *
 * @param root - Holds the controls.
 */
export function useSteadyPress(root: React.RefObject<HTMLElement>): void {
  React.useEffect(() => {
    const box = root.current!;
    let began: { control: HTMLElement; x: number; y: number } | null = null;
    const onDown = ({ target, button, clientX, clientY }: MouseEvent) => {
      const control =
        target instanceof Element
          ? target.closest<HTMLElement>(CONTROLS)
          : null;
      began =
        control && button === 0 ? { control, x: clientX, y: clientY } : null;
    };
    const onClick = (event: MouseEvent) => {
      const press = began;
      if (!press || event.detail === 0) {
        return; // a key, or the click that is made below
      }
      began = null;
      const { control, x, y } = press;
      const isStill = Math.hypot(event.clientX - x, event.clientY - y) <= STILL;
      const isThere = control.contains(event.target as Node);
      if (isStill && !isThere && control.isConnected) {
        event.preventDefault();
        event.stopPropagation();
        control.click();
      }
    };
    box.addEventListener('mousedown', onDown, true);
    box.addEventListener('click', onClick, true);
    return () => {
      box.removeEventListener('mousedown', onDown, true);
      box.removeEventListener('click', onClick, true);
    };
  }, [root]);
}
