/**
 * Where nodes stand in their rows, so that chains and long edges are straight: Brandes and Köpf, "Fast and Simple
 * Horizontal Coordinate Assignment", 2001, https://doi.org/10.1007/3-540-45848-4_3
 */
import { blocks, conflictsIn } from './blocks';
import { CARD, GAP } from './card';
import type { IRows } from './rows';

type Lists = readonly (readonly number[])[];

/** The x of the middle of each node: the balance of four drawings, each of which leans to one corner. */
export function columns(graph: IRows): number[] {
  const { count, rows, above, below } = graph;
  const conflicts = conflictsIn(graph);
  const leaning = (side: Lists, sign: 1 | -1): number[][] =>
    [
      blocks(side, above, conflicts),
      blocks([...side].reverse(), below, conflicts)
    ].map(root => packed(side, root, count).map(x => sign * x));
  const mirrored = rows.map(row => [...row].reverse());
  const drawings = [...leaning(rows, 1), ...leaning(mirrored, -1)];
  const spans = drawings.map(spanOf);
  const [narrowest] = [...spans].sort((a, b) => a[1] - a[0] - (b[1] - b[0]));
  const aligned = drawings.map((xs, i) => {
    const side = i < 2 ? 0 : 1;
    const shift = narrowest[side] - spans[i][side];
    return xs.map(x => x + shift);
  });
  return aligned[0].map((_, node) => {
    const [, left, right] = aligned.map(xs => xs[node]).sort((a, b) => a - b);
    return (left + right) / 2;
  });
}

/** Blocks as far to the left as they go, then as near to what is on their right as that lets them. */
function packed(rows: Lists, root: readonly number[], count: number): number[] {
  const steps: IStep[][] = root.map(() => []);
  const waiting = root.map(() => 0);
  for (const row of rows) {
    row.slice(1).forEach((right, i) => {
      const [from, to] = [root[row[i]], root[right]];
      steps[from].push({ to, length: apart(row[i], right, count) });
      waiting[to]++;
    });
  }
  const order = root.filter((block, node) => block === node && !waiting[node]);
  const x = root.map(() => 0);
  for (const block of order) {
    for (const { to, length } of steps[block]) {
      x[to] = Math.max(x[to], x[block] + length);
      if (--waiting[to] === 0) {
        order.push(to);
      }
    }
  }
  for (const block of order.reverse()) {
    const ends = steps[block].map(({ to, length }) => x[to] - length);
    if (ends.length > 0) {
      x[block] = Math.min(...ends);
    }
  }
  return root.map(block => x[block]);
}

/** How far a block must stand from one on its right. */
interface IStep {
  to: number;
  length: number;
}

/** Pixels between the middles of two neighbours; nodes from `count` on are bends, which are thin. */
function apart(left: number, right: number, count: number): number {
  const cards = Number(left < count) + Number(right < count);
  return (CARD.width * cards) / 2 + (cards === 2 ? GAP.x : GAP.x / 2);
}

function spanOf(xs: readonly number[]): [number, number] {
  return xs.reduce<[number, number]>(
    ([least, most], x) => [Math.min(least, x), Math.max(most, x)],
    [Infinity, -Infinity]
  );
}
