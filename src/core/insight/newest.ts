/** Gives values away one at a time: while one is taken, only the newest of those that follow is kept. */
export class Newest<T> {
  /**
   * @param _take - Takes a value; the next one is given when its promise is settled.
   */
  constructor(private readonly _take: (value: T) => Promise<unknown>) {}

  /** Gives a value at once, or after the one that is being taken; is over when nothing waits any more. */
  give(value: T): Promise<void> {
    this._waiting = [value];
    this._giving ??= this._giveAll();
    return this._giving;
  }

  /** Forgets what waits. */
  drop(): void {
    this._waiting = [];
  }

  private async _giveAll(): Promise<void> {
    while (this._waiting.length > 0) {
      const [value] = this._waiting;
      this._waiting = [];
      await this._take(value).catch(() => undefined);
    }
    this._giving = null;
  }

  private _waiting: T[] = [];
  private _giving: Promise<void> | null = null;
}
