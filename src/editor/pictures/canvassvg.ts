import {
  classLabel,
  type EditorModel,
  type IEdge,
  type INode,
  type Point
} from '../../core';
import { inputPorts } from '../drawing/ports';
import { formatShape, summarize } from '../drawing/summary';
import { formatCount } from '../format';
import { CARD, portX, shownPositions } from '../layout';
import { SVGWriter } from '../exporting/svgwriter';

const MARGIN = 24;
/** Characters of the font that fit into a card's width. */
const LINE = 34;
const BAND = 6;

/**
 * The canvas as the text of an SVG file: cards with what they say, and the lines between them.
 *
 * @param model - What is drawn; only nodes that have a place are in the picture.
 * @param style - Where the colours of the theme are read.
 */
export function canvasSVG(
  model: EditorModel,
  style: CSSStyleDeclaration
): string {
  const places = shownPositions(model);
  const { nodes, edges, byId } = model.document.graph;
  const points = Object.values(places);
  const xs = points.length > 0 ? points.map(([x]) => x) : [0];
  const ys = points.length > 0 ? points.map(([, y]) => y) : [0];
  const left = Math.min(...xs) - MARGIN;
  const top = Math.min(...ys) - MARGIN;
  const width = Math.max(...xs) + CARD.width + MARGIN - left;
  const height = Math.max(...ys) + CARD.height + MARGIN - top;
  const colour = (name: string, fallback: string) =>
    style.getPropertyValue(name).trim() || fallback;

  const svg = new SVGWriter({
    width,
    height,
    viewBox: `${left} ${top} ${width} ${height}`,
    'font-family': 'system-ui, sans-serif',
    'font-size': 12,
    fill: colour('--jp-ui-font-color1', '#212121')
  });
  const background = colour('--jp-layout-color1', '#ffffff');
  svg.add('rect', { x: left, y: top, width, height, fill: background });

  const incoming = byTarget(edges);
  const ports = (node: INode) =>
    inputPorts(
      node,
      model.catalog.value.layer(node.class_name, node.registered_name),
      incoming.get(node.id) ?? []
    ).map(({ id }) => id);
  for (const edge of edges) {
    const [source, target] = [byId.get(edge.source), byId.get(edge.target)];
    const [from, to] = [places[edge.source], places[edge.target]];
    if (source && target && from && to) {
      const inputs = ports(target);
      svg.add('path', {
        d: curve(
          [
            from[0] + portX(edge.tensor, Math.max(1, source.outputs)),
            from[1] + CARD.height
          ],
          [to[0] + portX(inputs.indexOf(edge.port), inputs.length), to[1]]
        ),
        fill: 'none',
        stroke: colour('--jp-border-color0', '#8d8d8d'),
        'stroke-width': 1.5
      });
    }
  }
  for (const node of nodes) {
    if (places[node.id]) {
      addCard(svg, model, node, places[node.id], colour);
    }
  }
  return svg.toString();
}

function addCard(
  svg: SVGWriter,
  model: EditorModel,
  node: INode,
  [x, y]: Point,
  colour: (name: string, fallback: string) => string
): void {
  const entry = model.catalog.value.layer(
    node.class_name,
    node.registered_name
  );
  const family = model.catalog.value.family(entry ?? node.class_name);
  const analysis = model.analysis.value.nodes.get(node.id);
  const { width, height } = CARD;
  svg.add('rect', {
    x,
    y,
    width,
    height,
    rx: 3,
    fill: colour('--jp-layout-color1', '#ffffff'),
    stroke: colour('--jp-border-color1', '#bdbdbd')
  });
  svg.add('rect', {
    x,
    y,
    width: BAND,
    height,
    rx: 3,
    fill: colour(`--jp-kerasviz-family-${family}`, '#6e6e6e')
  });
  const shapes = analysis?.shapes.map(formatShape).join(', ') ?? '';
  const values = summarize(node, entry).filter(text => text !== shapes);
  const lines = [node.layer, [classLabel(node), ...values].join(' · '), shapes];
  lines.forEach((text, i) =>
    svg.add(
      'text',
      {
        x: x + BAND + 10,
        y: y + 21 + 21 * i,
        'font-weight': i === 0 ? 600 : 400
      },
      text.length > LINE ? `${text.slice(0, LINE - 1)}…` : text
    )
  );
  if (analysis?.params) {
    svg.add(
      'text',
      { x: x + width - 10, y: y + 63, 'text-anchor': 'end' },
      formatCount(analysis.params)
    );
  }
}

/** A line from a lower port to an upper one. */
function curve([x1, y1]: Point, [x2, y2]: Point): string {
  const bend = Math.max(20, Math.abs(y2 - y1) / 2);
  return `M${x1},${y1} C${x1},${y1 + bend} ${x2},${y2 - bend} ${x2},${y2}`;
}

function byTarget(edges: readonly IEdge[]): Map<string, IEdge[]> {
  const groups = new Map<string, IEdge[]>();
  for (const edge of edges) {
    groups.set(edge.target, [...(groups.get(edge.target) ?? []), edge]);
  }
  return groups;
}
