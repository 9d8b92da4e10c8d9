import * as React from 'react';
import { useModel, useModelState } from '../hooks';
import { placeBelow } from './below';
import { layered } from './layered';
import { shownPositions, unplaced } from './shownpositions';

/**
 * Gives every node a place. Where none has one the whole graph is laid out; else only the new nodes are
 * placed, so that nothing jumps while a person draws.
 *
 * @returns How many times the whole graph was laid out.
 */
export function useLayout(): number {
  const model = useModel();
  const graph = useModelState(['document'], m => m.document.graph);
  const positions = useModelState(
    ['document'],
    m => m.document.shown?.kerasviz?.positions
  );
  const layout = useModelState(['layout'], m => m.layout);
  const [count, setCount] = React.useState(0);

  // Before the browser paints: nodes are never seen without their places.
  React.useLayoutEffect(() => {
    const missing = unplaced(model).map(node => node.id);
    if (missing.length === 0) {
      return;
    }
    if (missing.length < graph.nodes.length) {
      const placed = placeBelow(graph, missing, shownPositions(model));
      model.setLayout(new Map([...model.layout, ...placed]));
    } else {
      model.setLayout(layered(graph));
      setCount(n => n + 1);
    }
  }, [model, graph, positions, layout]);
  return count;
}
