/** What is known of the steps of undo beside what they change. */
import type * as Y from 'yjs';

/** An item of the stacks of Yjs' undo manager. */
interface IStep {
  meta: Map<unknown, unknown>;
}

/** Marks a step that brought another model, and is no edit of the one before. */
const ANOTHER = Symbol('another');

/** Marks the steps of one's own: with how often others had edited, and where they brought another model. */
export class UndoSteps {
  constructor(private readonly _manager: Y.UndoManager) {
    _manager.on(
      'stack-item-added',
      ({ stackItem }: { stackItem: IStep }): void => {
        stackItem.meta.set(this, this._count);
        if (this._isAnother) {
          stackItem.meta.set(ANOTHER, true);
        }
      }
    );
  }

  /** Takes note of an edit of somebody else. */
  countOthers(): void {
    this._count++;
  }

  /** Whether somebody else edited since the next step back, or again: then it leads to nothing that was before. */
  hasOthersSince(which: 'undo' | 'redo'): boolean {
    const step = this._next(which);
    return step !== undefined && step.meta.get(this) !== this._count;
  }

  /** Whether the next step back, or again, brings another model. */
  bringsAnother(which: 'undo' | 'redo'): boolean {
    return this._next(which)?.meta.has(ANOTHER) ?? false;
  }

  /** Does what brings another model: the step that it makes is marked. */
  another<T>(bring: () => T): T {
    this._isAnother = true;
    try {
      return bring();
    } finally {
      this._isAnother = false;
    }
  }

  private _next(which: 'undo' | 'redo'): IStep | undefined {
    const { undoStack, redoStack } = this._manager;
    const stack = which === 'undo' ? undoStack : redoStack;
    return stack[stack.length - 1];
  }

  private _count = 0;
  private _isAnother = false;
}
