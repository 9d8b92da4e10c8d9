import type * as React from 'react';
import type { KerasDocument } from '../../core';

/** Where a person writes: only there, the keys are for the text. Lists and boxes have no undo of their own. */
const TEXTS =
  'textarea, input:not([type="checkbox"], [type="radio"], [type="range"])';

/** Whether keys that come from here may be for a text that is written. */
export function isWriting(event: React.KeyboardEvent): boolean {
  return (event.target as Element).closest(TEXTS) !== null;
}

/**
 * Undoes or redoes where the keys ask for it. A field that a person writes in keeps these keys for its text.
 *
 * @returns Whether the keys asked for it.
 */
export function handleUndoKeys(
  event: React.KeyboardEvent,
  document: KerasDocument
): boolean {
  if (isWriting(event) || !(event.ctrlKey || event.metaKey)) {
    return false;
  }
  const key = event.key.toLowerCase();
  if (key === 'z' && !event.shiftKey) {
    document.undo();
  } else if (key === 'y' || key === 'z') {
    document.redo();
  } else {
    return false;
  }
  event.preventDefault();
  return true;
}
