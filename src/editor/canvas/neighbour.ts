/** Which node an arrow key goes to. */
import type { IGraph, IPositions } from '../../core';

/** Keys that move the selection. */
export type ArrowKey = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

/**
 * The next node in the direction of an arrow: up and down follow the edges, left and right go to the
 * nearest node beside.
 */
export function neighbour(
  graph: IGraph,
  positions: IPositions,
  from: string,
  key: ArrowKey
): string | null {
  const start = positions[from];
  if (!start) {
    return null;
  }
  if (key === 'ArrowDown') {
    return graph.edges.find(edge => edge.source === from)?.target ?? null;
  }
  if (key === 'ArrowUp') {
    return graph.edges.find(edge => edge.target === from)?.source ?? null;
  }
  const sign = key === 'ArrowRight' ? 1 : -1;
  let nearest: string | null = null;
  let least = Infinity;
  for (const [id, [x, y]] of Object.entries(positions)) {
    const aside = (x - start[0]) * sign;
    // A node at another height counts as farther away than one in the same row.
    const distance = aside + 4 * Math.abs(y - start[1]);
    if (aside > 0 && distance < least) {
      nearest = id;
      least = distance;
    }
  }
  return nearest;
}
