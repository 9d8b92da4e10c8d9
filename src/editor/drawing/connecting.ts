/** Connecting two nodes without drawing from port to port. */
import type { ConnectRefusal, EditorModel } from '../../core';
import { inputPorts } from './ports';

/**
 * Puts the first tensor of a node into the first free port of another; where none is free, into the first that takes
 * it instead of what it has.
 *
 * @returns Why it can't be, or null.
 */
export function connectNodes(
  { document, catalog }: EditorModel,
  from: string,
  to: string
): ConnectRefusal | null {
  const { graph } = document;
  const node = graph.byId.get(to);
  if (!node) {
    return 'input';
  }
  const incoming = graph.edges.filter(edge => edge.target === to);
  const entry = catalog.value.layer(node.class_name, node.registered_name);
  const source = { node: from, tensor: 0 };
  const tried = inputPorts(
    node,
    entry,
    incoming,
    document.openPorts.get(to)
  ).map(({ id, many }) => ({
    target: { node: to, port: id },
    free: many || !incoming.some(edge => edge.port === id),
    refusal: document.canConnect(source, { node: to, port: id })
  }));
  const possible = tried.filter(({ refusal }) => refusal === null);
  const chosen = possible.find(({ free }) => free) ?? possible[0];
  if (!chosen) {
    return tried[0]?.refusal ?? 'input';
  }
  document.connect(source, chosen.target);
  return null;
}

/** Whether two nodes are selected, and nothing else. */
export function canConnectSelected({
  document,
  selection: { value: ids }
}: EditorModel): boolean {
  return ids.size === 2 && [...ids].every(id => document.graph.byId.has(id));
}

/** Connects the two selected nodes: the first to the second, or the other way where that would make a cycle. */
export function connectSelected(model: EditorModel): ConnectRefusal | null {
  const [first, second] = model.selection.value;
  const refusal = connectNodes(model, first, second);
  return refusal === 'cycle' || refusal === 'input'
    ? connectNodes(model, second, first)
    : refusal;
}
