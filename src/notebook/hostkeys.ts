/** Keeps the keys and the context menu of a widget from the notebook around it. */

/** With this attribute, Lumino takes no shortcut from an element, nor from what is above it. */
const SUPPRESSED = 'data-lm-suppress-shortcuts';

/**
 * Keeps them in a box.
 *
 * Notebook 7 takes keys before they come to the box, and its shortcuts are about whatever has the focus
 * (`.jp-Notebook :focus`). So the attribute must be on that element itself: above it, it would come too late.
 */
export function keepToItself(box: HTMLElement): void {
  box.setAttribute(SUPPRESSED, 'true');
  box.addEventListener('focusin', event =>
    (event.target as Element).setAttribute(SUPPRESSED, 'true')
  );
  for (const type of ['keydown', 'keyup', 'keypress', 'contextmenu']) {
    box.addEventListener(type, event => {
      if (!isModifier(event)) {
        event.stopPropagation();
      }
    });
  }
}

/** Whether a key alone means nothing. React Flow follows these on the whole page, to select several layers. */
function isModifier(event: Event): boolean {
  return ['Shift', 'Control', 'Meta', 'Alt'].includes(
    (event as KeyboardEvent).key
  );
}
