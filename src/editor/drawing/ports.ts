/** The ports of a node: what its class takes, and what its calls in the document use besides. */
import type { IEdge, ILayerEntry, INode, IPort } from '../../core';

/** A port on a card. */
export interface INodePort extends IPort {
  /** How edges and `KerasDocument.connect` name it: the keyword, or the position of the argument. */
  id: string;
}

/**
 * The input ports of a node, from left to right.
 *
 * Required arguments are positional, as Keras writes them; optional ones are keywords, unless the document
 * has them otherwise.
 *
 * @param incoming - Edges that end at this node.
 * @param open - Names of ports that Keras fills by itself and that are shown all the same.
 */
export function inputPorts(
  node: INode,
  entry: ILayerEntry | undefined,
  incoming: readonly IEdge[],
  open: readonly string[] = []
): INodePort[] {
  if (node.isInput) {
    return [];
  }
  const used = new Set(incoming.map(edge => edge.port));
  const ports = (entry?.inputs ?? []).flatMap((port, position): INodePort[] => {
    if (port.variadic) {
      const ids = variadicIds(position, used);
      ids.forEach(id => used.delete(id));
      return ids.map((id, i) => ({
        ...port,
        id,
        name: `${port.name}[${i}]`,
        optional: i > 0
      }));
    }
    const [first, second] = port.optional
      ? [port.name, String(position)]
      : [String(position), port.name];
    const id = !used.has(first) && used.has(second) ? second : first;
    const isShown = !port.carried || open.includes(port.name) || used.has(id);
    used.delete(id);
    return isShown ? [{ ...port, id }] : [];
  });
  for (const id of used) {
    const many = incoming.filter(edge => edge.port === id).length > 1;
    ports.push({ id, name: id, many, optional: false });
  }
  return ports.length > 0
    ? ports
    : [{ id: '0', name: 'inputs', many: false, optional: false }];
}

/** The positions from one on that are used, and the next one. */
function variadicIds(position: number, used: ReadonlySet<string>): string[] {
  const last = Math.max(
    position - 1,
    ...[...used].map(Number).filter(Number.isInteger)
  );
  return Array.from({ length: last - position + 2 }, (_, i) =>
    String(position + i)
  );
}
