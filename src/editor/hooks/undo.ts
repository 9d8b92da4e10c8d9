import * as React from 'react';
import { useModel } from './model';

/** Whether there is something to undo and to redo. */
export function useUndoState(): { canUndo: boolean; canRedo: boolean } {
  const { document } = useModel();
  const subscribe = React.useCallback(
    (notify: () => void) => {
      // The undo manager knows later than the document's own signal.
      const { undoManager } = document;
      const events = [
        'stack-item-added',
        'stack-item-popped',
        'stack-cleared'
      ] as const;
      events.forEach(event => undoManager.on(event, notify));
      return () => events.forEach(event => undoManager.off(event, notify));
    },
    [document]
  );
  return {
    canUndo: React.useSyncExternalStore(subscribe, () => document.canUndo()),
    canRedo: React.useSyncExternalStore(subscribe, () => document.canRedo())
  };
}
