/** Parts of a graph that are not connected: found, and put beside each other when each is drawn. */
import type { Point } from '../../core';
import { CARD, GAP } from './card';

/** An edge between numbered nodes. */
export type Edge = readonly [from: number, to: number];

/** How much wider than high a drawing of several parts is to be. */
const ASPECT = 3;

/** Groups nodes that edges connect: each group in order, the groups in the order of their first nodes. */
export function parts(count: number, edges: readonly Edge[]): number[][] {
  const leader = Array.from({ length: count }, (_, node) => node);
  const find = (node: number): number => {
    let top = node;
    while (leader[top] !== top) {
      leader[top] = leader[leader[top]];
      top = leader[top];
    }
    return top;
  };
  for (const [from, to] of edges) {
    const [a, b] = [find(from), find(to)];
    leader[Math.max(a, b)] = Math.min(a, b);
  }
  const groups = new Map<number, number[]>();
  for (const node of leader.keys()) {
    const group = groups.get(find(node));
    if (group) {
      group.push(node);
    } else {
      groups.set(find(node), [node]);
    }
  }
  return [...groups.values()];
}

/**
 * Moves drawings beside each other, in rows, so that none covers another.
 *
 * @param drawings - For each part the upper left corners of its cards, from (0, 0) on.
 */
export function shelved(drawings: readonly Point[][]): Point[][] {
  const sizes = drawings.map(sizeOf);
  const area = sizes.reduce((sum, [width, height]) => sum + width * height, 0);
  const widest = Math.max(...sizes.map(([width]) => width));
  const limit = Math.max(widest, Math.sqrt(area * ASPECT));
  let [left, top, bottom] = [0, 0, 0];
  return drawings.map((points, i) => {
    const [width, height] = sizes[i];
    if (left > 0 && left + width > limit) {
      [left, top] = [0, bottom];
    }
    const moved = points.map(([x, y]): Point => [x + left, y + top]);
    left += width;
    bottom = Math.max(bottom, top + height);
    return moved;
  });
}

/** Width and height that a drawing takes, with the room around it. */
function sizeOf(points: readonly Point[]): Point {
  return [
    Math.max(...points.map(([x]) => x)) + CARD.width + 2 * GAP.x,
    Math.max(...points.map(([, y]) => y)) + CARD.height + 2 * GAP.y
  ];
}
