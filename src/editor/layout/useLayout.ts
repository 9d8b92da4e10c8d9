import * as React from 'react';
import { useHost } from '../host';
import { useModel, useModelState } from '../hooks';
import { placeBelow } from './below';
import { layered } from './layered';
import { shownPositions, unplaced } from './positions';

/**
 * Gives every node a place. Where none has one the whole graph is laid out; else only the new nodes are
 * placed, so that nothing jumps while a person draws.
 *
 * @returns How many times the whole graph was laid out.
 */
export function useLayout(): number {
  const { assets } = useHost();
  const model = useModel();
  const graph = useModelState(['document'], m => m.document.graph);
  const positions = useModelState(
    ['document'],
    m => m.document.shown?.kerasviz?.positions
  );
  const layout = useModelState(['layout'], m => m.layout);
  const [count, setCount] = React.useState(0);

  React.useEffect(() => {
    const missing = unplaced(model).map(node => node.id);
    if (missing.length === 0) {
      return;
    }
    const addBelow = () => {
      const placed = placeBelow(graph, missing, shownPositions(model));
      model.setLayout(new Map([...model.layout, ...placed]));
    };
    if (missing.length < graph.nodes.length) {
      addBelow();
      return;
    }
    let current = true;
    layered(graph, assets).then(
      result => {
        if (current) {
          model.setLayout(result);
          setCount(n => n + 1);
        }
      },
      (reason: unknown) => {
        console.warn('kerasviz: no worker for the layout.', reason);
        if (current) {
          addBelow();
        }
      }
    );
    return () => {
      current = false;
    };
  }, [model, assets, graph, positions, layout]);
  return count;
}
