import {
  backgroundOf,
  boxItems,
  type IItem,
  plain,
  textItems
} from './pageitems';
import { SVGWriter } from './svgwriter';

/** What of an SVG's look comes from style sheets. */
const LOOKS = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'opacity',
  'vector-effect',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
  'visibility'
];

/** Pixels around a picture. */
const MARGIN = 8;

/** Pixels of a title's letters, and of its line. */
const TITLE = { size: 14, height: 24 } as const;

/**
 * What an element shows as the text of an SVG file: its pictures, drawings, boxes and texts, where they stand on the
 * page. What is scrolled out of sight is in the picture, too.
 *
 * @param element - An element of the page.
 * @param isLeftOut - What does not belong to the picture, such as controls.
 * @param title - Is written above it.
 */
export function elementSVG(
  element: Element,
  isLeftOut: (element: Element) => boolean,
  title = ''
): string {
  const found = [...itemsOf(element, isLeftOut)];
  const items = [
    ...found.filter(({ isText }) => !isText),
    ...found.filter(({ isText }) => isText)
  ];
  const boxes = items.map(({ box }) => box);
  const least = (values: number[]) => Math.min(...values);
  const left = least(boxes.map(box => box.left)) - MARGIN;
  const top = least(boxes.map(box => box.top)) - MARGIN;
  const width = Math.max(...boxes.map(box => box.right)) - left + MARGIN;
  const height = Math.max(...boxes.map(box => box.bottom)) - top + MARGIN;
  const scale = scaleOf(element);
  const style = getComputedStyle(element);
  const head = title === '' ? 0 : TITLE.height * scale;
  const wide = Math.max(width, title === '' ? 0 : titleWidth(title, scale));
  const high = height + head;
  const svg = new SVGWriter({
    width: Math.ceil(wide / scale),
    height: Math.ceil(high / scale),
    viewBox: `0 0 ${wide} ${high}`
  });
  svg.add('rect', { width: wide, height: high, fill: backgroundOf(element) });
  if (title !== '') {
    svg.add(
      'text',
      {
        x: MARGIN,
        y: MARGIN + head / 2,
        fill: plain(style.color),
        'font-family': style.fontFamily,
        'font-size': TITLE.size * scale,
        'font-weight': 600,
        'dominant-baseline': 'central'
      },
      title
    );
  }
  items.forEach(item =>
    item.add(svg, item.box.left - left, item.box.top - top + head)
  );
  return svg.toString();
}

/** Pixels that a title takes, about: its letters are as wide as half their height, most of them. */
function titleWidth(title: string, scale: number): number {
  return (2 * MARGIN + 0.6 * TITLE.size * title.length) * scale;
}

function* itemsOf(
  element: Element,
  isLeftOut: (element: Element) => boolean
): Generator<IItem> {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  if (
    isLeftOut(element) ||
    style.display === 'none' ||
    style.visibility === 'hidden'
  ) {
    return;
  }
  if (element instanceof SVGSVGElement) {
    yield {
      box,
      add: (svg, x, y) => svg.append(copied(element, box, x, y, isLeftOut))
    };
    return;
  }
  if (
    element instanceof HTMLCanvasElement ||
    element instanceof HTMLImageElement
  ) {
    yield imageItem(element, box, style.opacity);
    return;
  }
  yield* boxItems(style, box);
  for (const child of element.childNodes) {
    if (child instanceof Text) {
      yield* textItems(child, style, scaleOf(element));
    } else if (child instanceof Element) {
      yield* itemsOf(child, isLeftOut);
    }
  }
}

function imageItem(
  element: HTMLCanvasElement | HTMLImageElement,
  box: DOMRect,
  opacity: string
): IItem {
  const href =
    element instanceof HTMLCanvasElement ? element.toDataURL() : element.src;
  return {
    box,
    add: (svg, x, y) =>
      svg.add('image', {
        href,
        x,
        y,
        width: box.width,
        height: box.height,
        opacity,
        preserveAspectRatio: 'none',
        style: 'image-rendering: pixelated'
      })
  };
}

/** An SVG of the page, which looks the same without its style sheets. */
function copied(
  element: SVGSVGElement,
  box: DOMRect,
  x: number,
  y: number,
  isLeftOut: (element: Element) => boolean
): Element {
  const copy = element.cloneNode(true) as SVGSVGElement;
  const copies = [copy, ...copy.querySelectorAll('*')];
  [element, ...element.querySelectorAll('*')].forEach((each, i) => {
    if (isLeftOut(each)) {
      copies[i].remove();
      return;
    }
    const style = getComputedStyle(each);
    copies[i].removeAttribute('class');
    for (const name of LOOKS) {
      const value = style.getPropertyValue(name);
      if (value) {
        copies[i].setAttribute(name, plain(value));
      }
    }
    copies[i].removeAttribute('style');
  });
  if (!element.hasAttribute('viewBox')) {
    const { clientWidth, clientHeight } = element;
    copy.setAttribute('viewBox', `0 0 ${clientWidth} ${clientHeight}`);
  }
  const attributes = { x, y, width: box.width, height: box.height };
  for (const [name, value] of Object.entries(attributes)) {
    copy.setAttribute(name, String(value));
  }
  return copy;
}

/** How much larger an element is on the screen than in its own pixels, as the canvas zooms. */
function scaleOf(element: Element): number {
  const width = element instanceof HTMLElement ? element.offsetWidth : 0;
  return width > 0 ? element.getBoundingClientRect().width / width : 1;
}
