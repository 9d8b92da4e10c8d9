import type * as React from 'react';
import type { KerasDocument } from '../../core';

/** Where a person writes: only there, the keys are for the text. Lists and boxes have no undo of their own. */
const TEXTS =
  'textarea, input:not([type="checkbox"], [type="radio"], [type="range"])';

/** Whether keys that come from here may be for a text that is written. */
export function isWriting(event: React.KeyboardEvent): boolean {
  return (event.target as Element).closest(TEXTS) !== null;
}

/** Keeps the keys for a text that is written from a host that undoes by them: JupyterLab's Edit menu does. */
export function keepUndoOfTexts(event: React.KeyboardEvent): void {
  if (isWriting(event) && askedFor(event) !== null) {
    event.stopPropagation();
  }
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
  const asked = isWriting(event) ? null : askedFor(event);
  if (asked === null) {
    return false;
  }
  document[asked]();
  event.preventDefault();
  return true;
}

function askedFor(event: React.KeyboardEvent): 'undo' | 'redo' | null {
  const key = event.key.toLowerCase();
  if (!(event.ctrlKey || event.metaKey) || (key !== 'z' && key !== 'y')) {
    return null;
  }
  return key === 'z' && !event.shiftKey ? 'undo' : 'redo';
}
