import { Notification as Messages } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { TitleMark } from './titlemark';

/** Messages to somebody who looks at another page: in the title of this one, and by the browser where the user wants it. */
export class BrowserNotices {
  constructor(private readonly _trans: TranslationBundle) {
    for (const back of ['focus', 'visibilitychange']) {
      window.addEventListener(back, () => {
        if (!this.isAway) {
          this._mark.remove();
        }
      });
    }
  }

  /** Whether the user has turned messages of the browser on. */
  isWanted = false;

  /** Whether this page is not in front. */
  get isAway(): boolean {
    return document.hidden || !document.hasFocus();
  }

  /** Asks the browser, which asks the user; says where it does not allow it. */
  async ask(): Promise<void> {
    const permission =
      'Notification' in window
        ? await Notification.requestPermission()
        : 'denied';
    if (permission !== 'granted') {
      Messages.warning(
        this._trans.__(
          'The browser does not allow notifications of this page. Allow them in its settings for this site. Until then, the title of the page tells when a run ends.'
        )
      );
    }
  }

  /**
   * Shows a message.
   *
   * @param onClick - Brings forward what it is about.
   */
  show(message: string, isWell: boolean, onClick: () => void): void {
    this._mark.put(isWell ? '✓ ' : '✗ ');
    const isAllowed =
      'Notification' in window && Notification.permission === 'granted';
    if (this.isWanted && isAllowed) {
      const notice = new Notification(message);
      notice.onclick = () => {
        window.focus();
        onClick();
      };
    }
  }

  private readonly _mark = new TitleMark();
}
