/** What others did since a step of one's own: then undoing the step does not lead back to what was there before. */
import type * as Y from 'yjs';

/** An item of the stacks of Yjs' undo manager. */
interface IStep {
  meta: Map<unknown, unknown>;
}

/** Counts the edits of others, and marks each step of one's own with the count. */
export class OthersEdits {
  constructor(undoManager: Y.UndoManager) {
    undoManager.on(
      'stack-item-added',
      ({ stackItem }: { stackItem: IStep }): void => {
        stackItem.meta.set(this, this._count);
      }
    );
  }

  /** Takes note of an edit of somebody else. */
  count(): void {
    this._count++;
  }

  /** Whether somebody else edited since a step. */
  since(step: IStep | undefined): boolean {
    return step !== undefined && step.meta.get(this) !== this._count;
  }

  private _count = 0;
}
