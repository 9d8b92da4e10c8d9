/** Chains of nodes that are to stand straight below each other. */
import { placesIn, type IRows } from './rows';

type Lists = readonly (readonly number[])[];

/** Edges that must not be straight, as they cross a long edge: numbers of two nodes. */
export type Conflicts = ReadonlySet<string>;

/**
 * The first node of the chain that each node is in: a node joins the one of its neighbours in the row before that is
 * in the middle, if no other chain stands between.
 *
 * @param rows - The rows in the order in which chains grow.
 * @param before - What each node is joined to in the row before.
 */
export function blocks(
  rows: Lists,
  before: Lists,
  conflicts: Conflicts
): number[] {
  const places = placesIn(rows);
  const root = [...places.keys()];
  for (const row of rows) {
    let last = -1;
    for (const node of row) {
      const near = [...before[node]].sort((a, b) => places[a] - places[b]);
      const middle = (near.length - 1) / 2;
      const joined = [near[Math.floor(middle)], near[Math.ceil(middle)]].find(
        other => places[other] > last && !conflicts.has(pair(node, other))
      );
      if (joined !== undefined) {
        root[node] = root[joined];
        last = places[joined];
      }
    }
  }
  return root;
}

/** The edges that cross a long edge where it goes from bend to bend: that one is the one to be straight. */
export function conflictsIn({ count, rows, above }: IRows): Conflicts {
  const places = placesIn(rows);
  const conflicts = new Set<string>();
  const bendAbove = (node: number): number | undefined =>
    node < count ? undefined : above[node].find(other => other >= count);
  rows.slice(1).forEach((row, i) => {
    let left = 0;
    let from = 0;
    row.forEach((node, place) => {
      const bend = bendAbove(node);
      const isLast = place === row.length - 1;
      if (bend === undefined && !isLast) {
        return;
      }
      const right = bend === undefined ? rows[i].length : places[bend];
      for (const other of row.slice(from, place + 1)) {
        for (const source of above[other]) {
          const isLong = other >= count && source >= count;
          if (!isLong && (places[source] < left || places[source] > right)) {
            conflicts.add(pair(other, source));
          }
        }
      }
      from = place + 1;
      left = right;
    });
  });
  return conflicts;
}

function pair(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
