import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { Store } from './store';

/** A part that follows others and asks the kernel when its timer is over; once it is disposed, it does neither. */
export abstract class FollowingStore<T>
  extends Store<T>
  implements IDisposable
{
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      clearTimeout(this.timer);
      Signal.clearData(this); // nobody follows it, and it follows nobody
    }
  }

  protected timer: ReturnType<typeof setTimeout> | undefined;
  private _isDisposed = false;
}
