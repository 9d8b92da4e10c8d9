import * as React from 'react';
import { positionsOf, type Point } from '../../core';
import { useDocument, useInside, useKept, useLayout } from '../hooks';
import { stretched, stretchOf } from '../layout';

/**
 * Where the nodes stand that have a place.
 *
 * @param moving - Places of the nodes that the mouse is dragging.
 */
export function usePoints(
  moving: ReadonlyMap<string, Point>
): ReadonlyMap<string, Point> {
  const graph = useDocument(d => d.graph);
  const positions = useDocument(d => d.shown && positionsOf(d.shown));
  const layout = useLayout(places => places);
  const by = stretchOf(useInside(i => i.isOpen));
  const points = React.useMemo(() => {
    const points = new Map<string, Point>();
    for (const { id } of graph.nodes) {
      const point = positions?.[id] ?? layout.get(id);
      const shown = moving.get(id) ?? (point && stretched(point, by));
      if (shown) {
        points.set(id, shown);
      }
    }
    return points;
  }, [graph, positions, layout, moving, by]);
  return useKept(points, samePoints);
}

function samePoints(
  a: ReadonlyMap<string, Point>,
  b: ReadonlyMap<string, Point>
): boolean {
  return (
    a.size === b.size &&
    [...a].every(([id, [x, y]]) => {
      const other = b.get(id);
      return other !== undefined && other[0] === x && other[1] === y;
    })
  );
}
