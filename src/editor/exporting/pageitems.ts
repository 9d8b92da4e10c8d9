/** Boxes and texts of the page as items of an SVG, at their places. */
import type { Attributes, SVGWriter } from './svgwriter';

/** Something at a place of the page. */
export interface IItem {
  box: DOMRect;
  /** Texts are drawn last: a box that stands beside one covers no letter of it. */
  isText?: boolean;
  add(svg: SVGWriter, x: number, y: number): void;
}

/** The background and the border of an element. */
export function* boxItems(
  style: CSSStyleDeclaration,
  box: DOMRect
): Generator<IItem> {
  const { width, height } = box;
  const border = parseFloat(style.borderTopWidth) || 0;
  const hasBorder = border > 0 && style.borderTopStyle !== 'none';
  if (isSeen(style.backgroundColor) || (hasBorder && width > 0)) {
    const inset = hasBorder ? border / 2 : 0; // a border lies inside of its box, a stroke on the line
    const attributes: Attributes = {
      width: Math.max(0, width - 2 * inset),
      height: Math.max(0, height - 2 * inset),
      rx: Math.max(0, radiusOf(style, width) - inset),
      fill: isSeen(style.backgroundColor)
        ? plain(style.backgroundColor)
        : 'none',
      ...(hasBorder
        ? { stroke: plain(style.borderTopColor), 'stroke-width': border }
        : {})
    };
    yield {
      box,
      add: (svg, x, y) =>
        svg.add('rect', { ...attributes, x: x + inset, y: y + inset })
    };
  }
}

/** How round the corners of an element are. */
function radiusOf({ borderTopLeftRadius }: CSSStyleDeclaration, width: number) {
  const radius = parseFloat(borderTopLeftRadius) || 0;
  return borderTopLeftRadius.endsWith('%') ? (radius / 100) * width : radius;
}

/** A text, line by line. */
export function* textItems(
  node: Text,
  style: CSSStyleDeclaration,
  scale: number
): Generator<IItem> {
  const range = document.createRange();
  const lines: { box: DOMRect; text: string }[] = [];
  const isVertical = (style.writingMode ?? '').startsWith('vertical');
  for (const match of node.data.matchAll(/\S+/g)) {
    range.setStart(node, match.index);
    range.setEnd(node, match.index + match[0].length);
    const box = range.getBoundingClientRect();
    const last = lines[lines.length - 1];
    if (last && isVertical && Math.abs(last.box.left - box.left) < 1) {
      last.text += ` ${match[0]}`;
      const top = Math.min(last.box.top, box.top); // turned round, it begins below
      const bottom = Math.max(last.box.bottom, box.bottom);
      last.box = new DOMRect(box.left, top, box.width, bottom - top);
    } else if (last && Math.abs(last.box.top - box.top) < 1) {
      last.text += ` ${match[0]}`;
      last.box = new DOMRect(
        last.box.left,
        last.box.top,
        box.right - last.box.left,
        box.height
      );
    } else if (box.width > 0) {
      lines.push({ box, text: match[0] });
    }
  }
  for (const { box, text } of lines) {
    const attributes: Attributes = {
      fill: plain(style.color),
      'font-family': style.fontFamily,
      'font-size': parseFloat(style.fontSize) * scale,
      'font-weight': style.fontWeight,
      'dominant-baseline': 'central'
    };
    yield {
      box,
      isText: true,
      add: (svg, x, y) => {
        const middle = [x + box.width / 2, y + box.height / 2];
        const place: Attributes = isVertical
          ? {
              x: middle[0],
              y: middle[1],
              'text-anchor': 'middle',
              transform: `rotate(-90 ${middle.join(' ')})`
            }
          : { x, y: middle[1] };
        svg.add('text', { ...attributes, ...place }, text);
      }
    };
  }
}

/** A colour as every program knows it: browsers say a mixed one as shares of red, green and blue. */
export function plain(value: string): string {
  return value.replace(
    /color\(srgb ([\d.e+-]+) ([\d.e+-]+) ([\d.e+-]+)(?: \/ ([\d.]+))?\)/g,
    (_, ...found: string[]) => {
      const parts = found
        .slice(0, 3)
        .map(share =>
          Math.round(255 * Math.min(1, Math.max(0, Number(share))))
        );
      return found[3] === undefined
        ? `rgb(${parts.join(', ')})`
        : `rgba(${parts.join(', ')}, ${found[3]})`;
    }
  );
}

/** The colour behind an element. */
export function backgroundOf(element: Element | null): string {
  for (let at = element; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (isSeen(backgroundColor)) {
      return plain(backgroundColor);
    }
  }
  return '#ffffff';
}

function isSeen(colour: string): boolean {
  return !!colour && colour !== 'transparent' && !/, 0\)$/.test(colour);
}
