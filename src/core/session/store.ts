/** State that changes together has one signal, so that a view is told of what it reads and of nothing else. */
import { Signal, type ISignal } from '@lumino/signaling';

/** A part of the editor's state. */
export interface IStore {
  /** Emits when something in this part is another one. */
  readonly changed: ISignal<unknown, unknown>;
}

/** A part that is one value, which is replaced and never changed. */
export class Store<T> implements IStore {
  constructor(private _value: T) {}

  get value(): T {
    return this._value;
  }

  set(value: T): void {
    if (value !== this._value) {
      this._value = value;
      this._changed.emit();
    }
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  private readonly _changed = new Signal<this, void>(this);
}
