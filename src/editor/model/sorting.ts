import type { INode, INodeAnalysis, Shape } from '../../core';

/** What the table of layers can be sorted by. */
export type Column = 'layer' | 'class' | 'shape' | 'params' | 'macs';

/** The column that the table is sorted by, and which way. */
export interface IOrder {
  column: Column;
  descending: boolean;
}

/** The order after a click on a column: numbers begin with the largest; the third click gives the model's order. */
export function nextOrder(order: IOrder | null, column: Column): IOrder | null {
  const first = column !== 'layer' && column !== 'class';
  if (order?.column !== column) {
    return { column, descending: first };
  }
  return order.descending === first ? { column, descending: !first } : null;
}

/** The nodes in an order; what is not known stands last. */
export function sorted(
  nodes: readonly INode[],
  analyses: ReadonlyMap<string, INodeAnalysis>,
  order: IOrder | null
): readonly INode[] {
  if (!order) {
    return nodes;
  }
  const { column, descending } = order;
  const keys = new Map(
    nodes.map(node => [node, key(node, analyses.get(node.id), column)])
  );
  return [...nodes].sort((a, b) => {
    const [x, y] = [keys.get(a) ?? null, keys.get(b) ?? null];
    if (x === null || y === null) {
      return Number(x === null) - Number(y === null);
    }
    const difference =
      typeof x === 'string' || typeof y === 'string'
        ? String(x).localeCompare(String(y), undefined, { numeric: true })
        : x - y;
    return descending ? -difference : difference;
  });
}

function key(
  node: INode,
  analysis: INodeAnalysis | undefined,
  column: Column
): string | number | null {
  switch (column) {
    case 'layer':
      return node.layer;
    case 'class':
      return node.class_name;
    case 'shape':
      return analysis?.shapes.length ? size(analysis.shapes[0]) : null;
    case 'params':
      return analysis?.params ?? null;
    case 'macs':
      return analysis?.macs ?? null;
  }
}

/** Numbers in a tensor of one sample; a dimension that only the data tells counts as 1. */
function size(shape: Shape): number {
  return shape.reduce<number>((product, n) => product * (n ?? 1), 1);
}
