import type { INode, INodeAnalysis, Shape } from '../../core';
import { inOrder, type IOrder } from '../sorting/rowsorting';

/** What the table of layers can be sorted by. */
export type Column = 'layer' | 'class' | 'shape' | 'params' | 'macs';

/** Whether a click on a column shows the largest first. */
export function layersDescend(column: Column): boolean {
  return column !== 'layer' && column !== 'class';
}

/** The nodes in an order; what is not known stands last. */
export function sortedLayers(
  nodes: readonly INode[],
  analyses: ReadonlyMap<string, INodeAnalysis>,
  order: IOrder<Column> | null
): readonly INode[] {
  return inOrder(nodes, order, (node, column) =>
    key(node, analyses.get(node.id), column)
  );
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
