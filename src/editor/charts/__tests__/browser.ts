/** What jsdom lacks of a browser: frames, sizes and what can be seen, all in the hands of a test. */

type Seen = (entries: { isIntersecting: boolean }[]) => void;

/** Stands in for a browser's page. */
export class Page {
  constructor() {
    const { _seen, _resized } = this;
    window.IntersectionObserver = class {
      constructor(seen: Seen) {
        _seen.add(seen);
      }
      observe() {}
      disconnect() {}
    } as unknown as typeof IntersectionObserver;
    window.ResizeObserver = class {
      constructor(resized: () => void) {
        _resized.add(resized);
      }
      observe() {}
      disconnect() {}
    } as unknown as typeof ResizeObserver;
    window.requestAnimationFrame = draw => this._frames.push(draw);
    window.cancelAnimationFrame = frame => {
      delete this._frames[frame - 1];
    };
  }

  /** Scrolls everything into or out of sight. */
  show(isIntersecting: boolean): void {
    this._seen.forEach(seen => seen([{ isIntersecting }]));
  }

  resize(): void {
    this._resized.forEach(resized => resized());
  }

  /** Draws one frame. */
  frame(): void {
    this._frames.splice(0).forEach(draw => draw(0));
  }

  private readonly _seen = new Set<Seen>();
  private readonly _resized = new Set<() => void>();
  private readonly _frames: FrameRequestCallback[] = [];
}
