/** The picture that the pointer or the focus was on last; its menu opens by a command, too. */
let last: HTMLElement | null = null;

/** Pictures that can be kept. */
const PICTURES = '.jp-kerasviz-Exportable';

/** Remembers the picture that somebody is at. */
export function rememberPicture(picture: HTMLElement | null): void {
  last = picture;
}

/** Opens the menu of the picture that somebody was at last; of the first one that has a button where that is gone. */
export function openPictureMenu(): void {
  const picture = chosen();
  if (picture) {
    const { left, top } = boxOf(picture);
    picture.dispatchEvent(
      new MouseEvent('contextmenu', {
        bubbles: true,
        cancelable: true,
        clientX: left,
        clientY: top
      })
    );
  }
}

function chosen(): HTMLElement | null {
  if (last?.isConnected && isSeen(last)) {
    return last;
  }
  const all = document.querySelectorAll<HTMLElement>(
    `${PICTURES}[data-on-card='false']`
  );
  return [...all].find(isSeen) ?? null;
}

function isSeen(picture: HTMLElement): boolean {
  const { width, height } = boxOf(picture);
  return width > 0 && height > 0;
}

/** On a card a picture has no box of its own. */
function boxOf(picture: HTMLElement): DOMRect {
  const box = picture.getBoundingClientRect();
  const inside = picture.firstElementChild;
  return box.width === 0 && inside ? inside.getBoundingClientRect() : box;
}
