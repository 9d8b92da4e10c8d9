import type * as React from 'react';
import type { KerasDocument } from '../../core';

/**
 * Undoes or redoes where the keys ask for it. A field that a person writes in keeps these keys for its text.
 *
 * @returns Whether the keys asked for it.
 */
export function handleUndoKeys(
  event: React.KeyboardEvent,
  document: KerasDocument
): boolean {
  const writing = (event.target as Element).closest('input, textarea');
  if (writing || !(event.ctrlKey || event.metaKey)) {
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
