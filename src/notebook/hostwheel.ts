/** Leaves the wheel to the notebook, so that the page scrolls past a widget that nobody uses. */

/**
 * Leaves it, until the focus is in the box.
 *
 * With Ctrl, and by a pinch, which browsers tell as such, the canvas zooms all the same.
 */
export function leaveTheWheel(box: HTMLElement): void {
  const onWheel = (event: WheelEvent) => {
    if (!event.ctrlKey && !box.matches(':focus-within')) {
      event.stopPropagation();
    }
  };
  box.addEventListener('wheel', onWheel, { capture: true, passive: true });
}
