/** A graph in rows, each edge cut where it crosses a row; and an order in each row in which few edges cross. */
import { lists, type IDirected } from './ranks';

export interface IRows {
  /** Number of the graph's own nodes. Those from this number on are bends of long edges. */
  readonly count: number;
  /** The nodes of each row, from left to right. */
  readonly rows: readonly number[][];
  /** What each node is joined to in the row above. */
  readonly above: readonly (readonly number[])[];
  /** What each node is joined to in the row below. */
  readonly below: readonly (readonly number[])[];
}

/** How often the rows are gone through, up and down in turn. */
const SWEEPS = 8;

/** Puts nodes into their rows, with a bend in each row that an edge crosses. */
export function inRows(graph: IDirected, rank: readonly number[]): IRows {
  const count = rank.length;
  const first = Math.min(...rank);
  const rowOf = rank.map(row => row - first);
  const [above, below] = [lists(count), lists(count)];
  const join = (from: number, to: number) => {
    below[from].push(to);
    above[to].push(from);
  };
  graph.below.forEach((targets, node) => {
    for (const target of targets) {
      let end = node;
      for (let row = rowOf[node] + 1; row < rowOf[target]; row++) {
        const bend = rowOf.push(row) - 1;
        above.push([]);
        below.push([]);
        join(end, bend);
        end = bend;
      }
      join(end, target);
    }
  });
  const rows = lists(Math.max(...rowOf) + 1);
  for (const node of preorder(below)) {
    rows[rowOf[node]].push(node);
  }
  return { count, rows, above, below };
}

/** The same rows, ordered so that fewer edges cross: each node stands where its neighbours are on average. */
export function untangled(graph: IRows): IRows {
  let rows: readonly number[][] = graph.rows;
  let best = { rows, crossings: crossings(graph) };
  for (let sweep = 0; sweep < SWEEPS && best.crossings > 0; sweep++) {
    const down = sweep % 2 === 0;
    rows = swept(
      down ? rows : [...rows].reverse(),
      down ? graph.above : graph.below
    );
    rows = down ? rows : [...rows].reverse();
    const count = crossings({ ...graph, rows });
    if (count < best.crossings) {
      best = { rows, crossings: count };
    }
  }
  return { ...graph, rows: best.rows };
}

/** Where each node stands in its row. */
export function placesIn(rows: readonly (readonly number[])[]): number[] {
  const places: number[] = [];
  for (const row of rows) {
    row.forEach((node, place) => {
      places[node] = place;
    });
  }
  return places;
}

/** How many pairs of edges cross. */
export function crossings({ rows, below }: IRows): number {
  const places = placesIn(rows);
  let found = 0;
  rows.slice(1).forEach((row, i) => {
    // A Fenwick tree of the ends so far: https://en.wikipedia.org/wiki/Fenwick_tree
    const ends = new Uint32Array(row.length + 1);
    let total = 0;
    for (const node of rows[i]) {
      const targets = below[node].map(target => places[target] + 1);
      for (const end of targets) {
        found += total;
        for (let at = end; at > 0; at -= at & -at) {
          found -= ends[at];
        }
      }
      for (const end of targets) {
        total++;
        for (let at = end; at <= row.length; at += at & -at) {
          ends[at]++;
        }
      }
    }
  });
  return found;
}

/** Orders each row by the one before it. */
function swept(
  rows: readonly number[][],
  before: readonly (readonly number[])[]
): number[][] {
  const places = placesIn(rows);
  return rows.map(row => {
    const means = new Map(
      row.map(node => [node, mean(before[node], places) ?? places[node]])
    );
    const next = [...row].sort((a, b) => means.get(a)! - means.get(b)!);
    next.forEach((node, place) => {
      places[node] = place;
    });
    return next;
  });
}

function mean(
  nodes: readonly number[],
  places: readonly number[]
): number | null {
  return nodes.length === 0
    ? null
    : nodes.reduce((sum, node) => sum + places[node], 0) / nodes.length;
}

/** All nodes, each branch as a whole: what is near in the graph comes near in this order. */
function preorder(below: readonly (readonly number[])[]): Iterable<number> {
  const found = new Set<number>();
  for (const start of below.keys()) {
    const waiting = [start];
    while (waiting.length > 0) {
      const node = waiting.pop()!;
      if (!found.has(node)) {
        found.add(node);
        waiting.push(...[...below[node]].reverse());
      }
    }
  }
  return found;
}
