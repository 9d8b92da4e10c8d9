import { flushSync } from 'react-dom';

/**
 * Takes over what is being written in a field of an editor, as leaving the field would; the focus stays.
 *
 * A shortcut, and a button that takes no focus, act while the person is still in the field. The document has the
 * change when this returns: React is not left to render it later.
 */
export function commitField(): void {
  const field = document.activeElement;
  if (
    field instanceof HTMLElement &&
    field.matches('input, textarea') &&
    field.closest('.jp-kerasviz-SidePanel, .jp-kerasviz-Panel')
  ) {
    flushSync(() => field.blur());
    field.focus({ preventScroll: true });
  }
}
