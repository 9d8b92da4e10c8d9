import * as React from 'react';
import { positionsOf } from '../../core';
import { useDocument, useLayout, useModel } from '../hooks';
import { placeBelow } from './below';
import { layered } from './layered';
import { shownPositions, unplaced } from './shownpositions';

/**
 * Gives every node a place. Where none has one the whole graph is laid out; else only the new nodes are
 * placed, so that nothing jumps while a person draws.
 *
 * @returns How many times the whole graph was laid out.
 */
export function useAutoLayout(): number {
  const model = useModel();
  const graph = useDocument(d => d.graph);
  const positions = useDocument(d => d.shown && positionsOf(d.shown));
  const layout = useLayout(places => places);
  const [count, setCount] = React.useState(0);

  // Before the browser paints: nodes are never seen without their places.
  React.useLayoutEffect(() => {
    const missing = unplaced(model).map(node => node.id);
    if (missing.length === 0) {
      return;
    }
    if (missing.length < graph.nodes.length) {
      const placed = placeBelow(graph, missing, shownPositions(model));
      model.layout.set(new Map([...model.layout.value, ...placed]));
    } else {
      model.layout.set(layered(graph));
      setCount(n => n + 1);
    }
  }, [model, graph, positions, layout]);
  return count;
}
