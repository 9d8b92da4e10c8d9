import fc from 'fast-check';
import type { IGraph, INode, Point } from '../../../core';
import { CARD } from '../card';
import { layered } from '../layered';
import { crossings, untangled } from '../rows';

/** A graph of the nodes '0', '1', …, as far as the layout looks at it. */
function graphOf(count: number, edges: readonly [number, number][]): IGraph {
  const nodes = Array.from({ length: count }, (_, i) => ({ id: String(i) }));
  return {
    nodes: nodes as INode[],
    edges: edges.map(([source, target]) => ({
      id: `${source}>${target}`,
      source: String(source),
      tensor: 0,
      target: String(target),
      port: '0',
      index: 0
    })),
    inputs: [],
    outputs: [],
    byId: new Map(),
    sequential: false
  };
}

function pointsOf(count: number, edges: readonly [number, number][]): Point[] {
  return [...layered(graphOf(count, edges)).values()];
}

const anyEdges = fc.integer({ min: 1, max: 30 }).chain(count =>
  fc.tuple(
    fc.constant(count),
    fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), {
      maxLength: 50
    })
  )
);

describe('the layout of a whole graph', () => {
  it('lets every edge go down, and no card cover another', () => {
    fc.assert(
      fc.property(anyEdges, ([count, pairs]) => {
        const edges = pairs
          .filter(([a, b]) => a !== b)
          .map(([a, b]): [number, number] => (a < b ? [a, b] : [b, a]));
        const points = pointsOf(count, edges);
        for (const [from, to] of edges) {
          expect(points[to][1]).toBeGreaterThan(points[from][1] + CARD.height);
        }
        expect(covered(points)).toEqual([]);
      })
    );
  });

  it('places every node of a graph with cycles', () => {
    fc.assert(
      fc.property(anyEdges, ([count, edges]) => {
        const points = pointsOf(count, edges);
        expect(points).toHaveLength(count);
        expect(covered(points)).toEqual([]);
      })
    );
  });

  it('draws a long chain as a straight line', () => {
    const count = 20_000;
    const points = pointsOf(
      count,
      Array.from({ length: count - 1 }, (_, i) => [i, i + 1])
    );
    expect(new Set(points.map(([x]) => x))).toEqual(new Set([0]));
  });

  it('keeps branches in the order of the model, without a crossing', () => {
    const points = pointsOf(8, [
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 4],
      [2, 5],
      [3, 6],
      [4, 7],
      [5, 7],
      [6, 7]
    ]);
    const xs = points.map(([x]) => x);
    expect([xs[1], xs[2], xs[3]]).toEqual([xs[4], xs[5], xs[6]]);
    expect(xs[1]).toBeLessThan(xs[2]);
    expect(xs[2]).toBeLessThan(xs[3]);
    expect([xs[0], xs[7]]).toEqual([xs[2], xs[2]]);
  });

  it('orders nodes so that no edges cross where that can be', () => {
    const tangled = {
      count: 4,
      rows: [
        [0, 1],
        [2, 3]
      ],
      above: [[], [], [1], [0]],
      below: [[3], [2], [], []]
    };
    expect(crossings(tangled)).toBe(1);
    expect(crossings(untangled(tangled))).toBe(0);
  });

  it('puts an input right above the layer that takes it', () => {
    const points = pointsOf(6, [
      [0, 1],
      [1, 2],
      [2, 3],
      [4, 3],
      [3, 5]
    ]);
    expect(points[4][1]).toBe(points[2][1]);
  });

  it('puts parts that are not connected beside each other', () => {
    const points = pointsOf(4, [
      [0, 1],
      [2, 3]
    ]);
    expect(points[2][1]).toBe(points[0][1]);
    expect(points[2][0]).toBeGreaterThan(points[0][0] + CARD.width);
  });

  it('draws nothing of nothing', () => {
    expect(pointsOf(0, [])).toEqual([]);
  });
});

/** Pairs of cards of which one covers a part of the other. */
function covered(points: readonly Point[]): [Point, Point][] {
  return points.flatMap((a, i) =>
    points
      .slice(i + 1)
      .filter(
        b =>
          Math.abs(a[0] - b[0]) < CARD.width &&
          Math.abs(a[1] - b[1]) < CARD.height
      )
      .map((b): [Point, Point] => [a, b])
  );
}
