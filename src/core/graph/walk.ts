/** Ways through a graph. */
import type { IEdge, IGraph } from './graph';

const NONE: readonly IEdge[] = [];
const outgoingEdges = new WeakMap<IGraph, Map<string, IEdge[]>>();
const incomingEdges = new WeakMap<IGraph, Map<string, IEdge[]>>();

/** The edges that begin at a node. */
export function outgoing(graph: IGraph, node: string): readonly IEdge[] {
  return grouped(graph, outgoingEdges, 'source').get(node) ?? NONE;
}

/** The edges that end at a node. */
export function incoming(graph: IGraph, node: string): readonly IEdge[] {
  return grouped(graph, incomingEdges, 'target').get(node) ?? NONE;
}

/** The nodes themselves, and all that are computed from them. */
export function downstream(
  graph: IGraph,
  nodes: Iterable<string>
): Set<string> {
  const found = new Set(nodes);
  for (const node of found) {
    outgoing(graph, node).forEach(edge => found.add(edge.target));
  }
  return found;
}

/** Whether a node gives no other node anything. */
export function isLeaf(graph: IGraph, node: string): boolean {
  return outgoing(graph, node).length === 0;
}

/** The leaves that take something. */
export function computedLeaves(graph: IGraph): string[] {
  return [...graph.byId.keys()].filter(
    node => isLeaf(graph, node) && incoming(graph, node).length > 0
  );
}

function grouped(
  graph: IGraph,
  cache: WeakMap<IGraph, Map<string, IEdge[]>>,
  end: 'source' | 'target'
): Map<string, IEdge[]> {
  let groups = cache.get(graph);
  if (!groups) {
    groups = new Map();
    for (const edge of graph.edges) {
      const group = groups.get(edge[end]);
      if (group) {
        group.push(edge);
      } else {
        groups.set(edge[end], [edge]);
      }
    }
    cache.set(graph, groups);
  }
  return groups;
}
