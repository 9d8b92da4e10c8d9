/** Lays a whole graph out in layers, from top to bottom, in a worker. */
import ELK, { type ELK as IElk, type ElkNode } from 'elkjs/lib/elk-api';
import type { IGraph, Point } from '../../core';
import type { IAssets } from '../host';
import { CARD, GAP } from './card';

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.spacing.nodeNode': String(GAP.x),
  'elk.spacing.edgeNode': String(GAP.x / 2),
  'elk.spacing.componentComponent': String(2 * GAP.x),
  'elk.layered.spacing.nodeNodeBetweenLayers': String(GAP.y),
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES'
};

/** One engine for each host: a worker is asked for once. */
const engines = new WeakMap<IAssets, Promise<IElk>>();

/**
 * Places all nodes of a graph.
 *
 * @throws Error when the worker can't be loaded.
 */
export async function layered(
  graph: IGraph,
  assets: IAssets
): Promise<Map<string, Point>> {
  let engine = engines.get(assets);
  if (!engine) {
    engine = assets
      .elk()
      .then(worker => new ELK({ workerFactory: () => worker }));
    engines.set(assets, engine);
  }
  const root = await (await engine).layout(elkGraph(graph));
  return new Map(
    (root.children ?? []).map(node => [
      node.id,
      [Math.round(node.x ?? 0), Math.round(node.y ?? 0)]
    ])
  );
}

function elkGraph(graph: IGraph): ElkNode {
  return {
    id: 'root',
    layoutOptions: OPTIONS,
    children: graph.nodes.map(node => ({ id: node.id, ...CARD })),
    edges: graph.edges.map(edge => ({
      id: edge.id,
      sources: [edge.source],
      targets: [edge.target]
    }))
  };
}
