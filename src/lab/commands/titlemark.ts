/** A mark in front of the page's title, which stays there when something else writes the title. */
export class TitleMark {
  constructor() {
    // JupyterLab writes the title again, some time after documents are opened or closed.
    new MutationObserver(() => this._write()).observe(document.head, {
      childList: true,
      subtree: true,
      characterData: true
    });
  }

  /** Shows a mark, in place of the one before. */
  put(mark: string): void {
    this.remove();
    this._mark = mark;
    this._write();
  }

  /** Takes the mark out of the title. */
  remove(): void {
    const mark = this._mark;
    this._mark = '';
    if (document.title.startsWith(mark)) {
      document.title = document.title.slice(mark.length);
    }
  }

  private _write(): void {
    if (!document.title.startsWith(this._mark)) {
      document.title = this._mark + document.title;
    }
  }

  private _mark = '';
}
