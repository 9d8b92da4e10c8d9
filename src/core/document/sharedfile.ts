/** What is shared of a file besides its model: its layout, and its text where the layout does not tell all of it. */
import type * as Y from 'yjs';
import { join, layoutOf, split, type ILayout } from './jsontext';
import type { SharedJSON } from './sharedjson';

/** Reads and writes what a Y.Map holds of a file. */
export class SharedFile {
  constructor(
    private readonly _map: Y.Map<unknown>,
    private readonly _model: SharedJSON
  ) {}

  /** The text of a file that is no model; null where it is one. */
  get brokenText(): string | null {
    const text = this._map.get('text');
    return typeof text === 'string' ? text : null;
  }

  /** The text of a model, laid out as the file; the very text of the file where the model is the one in it. */
  textOf(): string {
    const { original, ...layout } = {
      ...layoutOf(''),
      ...(this._map.toJSON() as Partial<ILayout & { original: unknown }>)
    };
    const text = join(this._model.raw, layout);
    return isJSON(original) && join(split(original), layout) === text
      ? original
      : text;
  }

  /**
   * Keeps the file itself where its layout does not tell all of it, as where it was laid out by hand.
   *
   * @param text - The file, before the first edit of it: most files are opened to be seen.
   */
  keep(text: string | null): void {
    if (text !== null && !this.tells(text)) {
      this._map.set('original', text);
    }
  }

  /** Whether a model and its layout tell all of a file; looked up the second time, as it takes a while. */
  tells(text: string): boolean {
    if (this._told?.text !== text) {
      this._told = {
        text,
        isAll: join(this._model.raw, layoutOf(text)) === text
      };
    }
    return this._told.isAll;
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

  private _told: { text: string; isAll: boolean } | null = null;
}

/** Whether a value is a text of JSON: what another page has written may be anything. */
function isJSON(value: unknown): value is string {
  try {
    return typeof value === 'string' && Boolean(JSON.parse(value));
  } catch {
    return false;
  }
}
