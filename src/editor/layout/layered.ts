/** Lays a whole graph out in rows, from top to bottom. */
import type { IGraph, Point } from '../../core';
import { CARD, GAP } from './card';
import { columns } from './columns';
import { parts, shelved, type Edge } from './graphparts';
import { directed, ranks } from './ranks';
import { inRows, untangled } from './rows';

/** The upper left corner of each node's card. Parts that are not connected stand beside each other. */
export function layered(graph: IGraph): Map<string, Point> {
  const { nodes } = graph;
  const number = new Map(nodes.map(({ id }, i) => [id, i]));
  const edges = graph.edges.map(({ source, target }): Edge => [
    number.get(source)!,
    number.get(target)!
  ]);
  const groups = parts(nodes.length, edges);
  const places = new Map<number, Point>();
  const drawings = shelved(groups.map(group => drawn(group, edges)));
  drawings.forEach((points, i) => {
    points.forEach((point, j) => places.set(groups[i][j], point));
  });
  return new Map(nodes.map(({ id }, i) => [id, places.get(i)!]));
}

/** The corners of the cards of nodes that are connected, the first at the top and the left. */
function drawn(nodes: readonly number[], edges: readonly Edge[]): Point[] {
  const number = new Map(nodes.map((node, i) => [node, i]));
  const inside = edges
    .filter(([from]) => number.has(from))
    .map(([from, to]): Edge => [number.get(from)!, number.get(to)!]);
  const graph = directed(nodes.length, inside);
  const rank = ranks(graph);
  const laid = untangled(inRows(graph, rank));
  const middles = columns(laid).slice(0, nodes.length);
  const left = middles.reduce((least, x) => Math.min(least, x), Infinity);
  const top = rank.reduce((least, row) => Math.min(least, row), Infinity);
  return middles.map((x, i) => [
    Math.round(x - left),
    (rank[i] - top) * (CARD.height + GAP.y)
  ]);
}
