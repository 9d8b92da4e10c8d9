/** What is shared of a file besides its model: its layout, or all of its text where that is no Keras model. */
import type * as Y from 'yjs';
import { layoutOf, type ILayout } from './jsontext';

/** Reads and writes what a Y.Map holds of a file. */
export class SharedFile {
  constructor(private readonly _map: Y.Map<unknown>) {}

  /** The text of a file that is no model; null where it is one. */
  get brokenText(): string | null {
    const text = this._map.get('text');
    return typeof text === 'string' ? text : null;
  }

  get layout(): ILayout {
    return { ...layoutOf(''), ...(this._map.toJSON() as Partial<ILayout>) };
  }

  /** Takes a file over. */
  write(text: string, isModel: boolean): void {
    const values = Object.entries(isModel ? layoutOf(text) : { text });
    const keys = new Set(values.map(([key]) => key));
    [...this._map.keys()]
      .filter(key => !keys.has(key))
      .forEach(key => this._map.delete(key));
    values
      .filter(([key, value]) => this._map.get(key) !== value)
      .forEach(([key, value]) => this._map.set(key, value));
  }
}
