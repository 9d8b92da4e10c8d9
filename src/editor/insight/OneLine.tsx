import * as React from 'react';
import { useTranslation } from '../host';

export interface IOneLineProps {
  /** Controls, from the one that is needed most. */
  children: React.ReactNode;
  /** What is said beside them, for which there is always room. */
  info: React.ReactNode;
  /** What stands at the end. */
  end: React.ReactNode;
}

/** Controls in one line; those for which it has no room are unfolded below it by a button. */
export function OneLine({ children, info, end }: IOneLineProps): JSX.Element {
  const trans = useTranslation();
  const id = React.useId();
  const controls = React.useRef<HTMLDivElement>(null);
  const [isUnfolded, setUnfolded] = React.useState(false);
  const [hasMore, setHasMore] = React.useState(false);
  React.useLayoutEffect(() => {
    const element = controls.current!;
    const measure = () => {
      const hasHidden = hideBelow(element, isUnfolded);
      if (!isUnfolded) {
        setHasMore(hasHidden);
      }
    };
    measure();
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    const changed = new MutationObserver(measure);
    changed.observe(element, {
      childList: true,
      subtree: true,
      characterData: true
    });
    return () => {
      resized.disconnect();
      changed.disconnect();
    };
  }, [isUnfolded]);
  return (
    <div className="jp-kerasviz-OneLine" data-unfolded={isUnfolded}>
      <div ref={controls} id={id} className="jp-kerasviz-OneLine-controls">
        {children}
      </div>
      <div className="jp-kerasviz-OneLine-info">{info}</div>
      {hasMore && (
        <button
          type="button"
          className="jp-kerasviz-OneLine-more jp-mod-styled"
          aria-expanded={isUnfolded}
          aria-controls={id}
          title={trans.__('Further ways to choose what is shown')}
          onClick={() => setUnfolded(!isUnfolded)}
        >
          {trans.__('More')}
        </button>
      )}
      {end}
    </div>
  );
}

/** Hides what the first line has no room for, unless it is unfolded; gives whether anything is hidden. */
function hideBelow(controls: HTMLElement, isUnfolded: boolean): boolean {
  const items = itemsOf(controls);
  const top = Math.min(...items.map(middle));
  const hidden = items.filter(
    item => !isUnfolded && middle(item) - top > item.offsetHeight / 2
  );
  for (const item of items) {
    item.toggleAttribute('data-hidden', hidden.includes(item));
  }
  return hidden.length > 0;
}

/** What the lines are made of; an element with `display: contents` is none, but holds some. */
function itemsOf(element: Element): HTMLElement[] {
  return [...element.children].flatMap(child => {
    const { display } = getComputedStyle(child);
    return display === 'contents'
      ? itemsOf(child)
      : display === 'none'
        ? []
        : [child as HTMLElement];
  });
}

function middle({ offsetTop, offsetHeight }: HTMLElement): number {
  return offsetTop + offsetHeight / 2;
}
