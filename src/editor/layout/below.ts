/** Finds free places for new nodes among nodes that must not move. */
import type { IGraph, IPositions, Point } from '../../core';
import { CARD, GAP } from './card';

/** The first free place at `start` or to the right of it. */
export function freePlace(taken: Iterable<Point>, start: Point): Point {
  const points = [...taken];
  let [x] = start;
  const [, y] = start;
  for (;;) {
    const hit = points.find(
      point =>
        Math.abs(point[0] - x) < CARD.width + GAP.x / 2 &&
        Math.abs(point[1] - y) < CARD.height + GAP.y / 4
    );
    if (!hit) {
      return [Math.round(x), Math.round(y)];
    }
    x = hit[0] + CARD.width + GAP.x;
  }
}

/** The place below a node's card. */
export function below(point: Point): Point {
  return [point[0], point[1] + CARD.height + GAP.y];
}

/**
 * Places nodes below those that feed them; none that has a place moves.
 *
 * @param missing - Ids of the nodes to place, in the order of the graph.
 * @param positions - The places of the other nodes.
 * @returns The places of the missing nodes.
 */
export function placeBelow(
  graph: IGraph,
  missing: readonly string[],
  positions: IPositions
): Map<string, Point> {
  const placed = new Map<string, Point>();
  const taken = Object.values(positions);
  const at = (id: string): Point | undefined => positions[id] ?? placed.get(id);
  const bottom = taken.reduce<Point>(
    (lowest, point) => (point[1] > lowest[1] ? point : lowest),
    [0, -CARD.height - GAP.y]
  );
  const waiting = new Set(missing);
  for (const id of missing) {
    place(id);
  }
  return placed;

  function place(id: string): void {
    waiting.delete(id);
    const sources = graph.edges
      .filter(edge => edge.target === id)
      .map(edge => edge.source);
    sources.filter(source => waiting.has(source)).forEach(place);
    const above = sources
      .map(at)
      .filter(point => point !== undefined)
      .sort((a, b) => b[1] - a[1])[0];
    const point = freePlace(taken, below(above ?? bottom));
    placed.set(id, point);
    taken.push(point);
  }
}
