/** Which row each node of a graph stands in, so that every edge goes down. */

/** A graph of the nodes 0, 1, …: for each node, those that its edges come from, and those that they go to. */
export interface IDirected {
  readonly above: readonly (readonly number[])[];
  readonly below: readonly (readonly number[])[];
}

/** The graph of some edges. A second edge between the same nodes is left out, and so is one that would close a cycle. */
export function directed(
  count: number,
  edges: Iterable<readonly [from: number, to: number]>
): IDirected {
  const all = lists(count);
  for (const [from, to] of edges) {
    if (!all[from].includes(to)) {
      all[from].push(to);
    }
  }
  const rank = depthFirst(all);
  const [above, below] = [lists(count), lists(count)];
  all.forEach((targets, from) => {
    for (const to of targets.filter(to => rank[from] < rank[to])) {
      below[from].push(to);
      above[to].push(from);
    }
  });
  return { above, below };
}

/**
 * The row of each node, below all that feed it. One that feeds more nodes than it is fed by stands right above the
 * first of those, any other right below its last source: that keeps edges short.
 */
export function ranks({ above, below }: IDirected): number[] {
  const place = depthFirst(below);
  const order = [...place.keys()].sort((a, b) => place[a] - place[b]);
  const rank = order.map(() => 0);
  for (const node of [...order].reverse()) {
    rank[node] = Math.min(1, ...below[node].map(target => rank[target])) - 1;
  }
  for (const node of order) {
    if (above[node].length >= Math.max(1, below[node].length)) {
      rank[node] = Math.max(...above[node].map(source => rank[source])) + 1;
    }
  }
  return rank;
}

/** Each node's place in an order in which edges go forward, but for those that close a cycle. */
function depthFirst(below: readonly (readonly number[])[]): number[] {
  const place = below.map(() => -1);
  const seen = below.map(() => 0);
  let last = below.length;
  for (const start of below.keys()) {
    const way = seen[start] === 0 ? [start] : [];
    while (way.length > 0) {
      const node = way[way.length - 1];
      const target = below[node][seen[node]++];
      if (target === undefined) {
        place[node] = --last;
        way.pop();
      } else if (seen[target] === 0) {
        way.push(target);
      }
    }
  }
  return place;
}

/** As many empty lists. */
export function lists(count: number): number[][] {
  return Array.from({ length: count }, () => []);
}
