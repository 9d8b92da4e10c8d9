import type * as React from 'react';
import type { EditorModel } from '../../core';

/**
 * Trains where the keys ask for it.
 *
 * @returns Whether they did.
 */
export function handleTrainKeys(
  event: React.KeyboardEvent,
  { run }: EditorModel
): boolean {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) {
    return false;
  }
  event.preventDefault();
  if (!run.history?.isActive) {
    void run.train('trained');
  }
  return true;
}
