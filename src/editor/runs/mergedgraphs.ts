/** Two graphs as one: what is in both, what came and what went. */
import type { Edge, Node } from '@xyflow/react';
import {
  classLabel,
  graphOf,
  type IChanged,
  type IEdge,
  type IGraph,
  type ILayerChange,
  type IModelJSON,
  type INode
} from '../../core';
import { CARD, cardHandles } from '../layout';
import { layered } from '../layout/layered';

/** How far below the first difference others are shown with it, in pixels of the drawing. */
const NEAR = 1000;

/** What became of a layer or a connection. */
export type Fate = 'same' | 'added' | 'removed' | 'changed';

/** A card of the picture. */
export type DifferenceNode = Node<
  {
    layer: string;
    className: string;
    fate: Fate;
    /** What changed in it, and in the layers inside. */
    changes: IChanged[];
    /** Ids of the ports above. */
    inputs: string[];
    /** How many ports are below. */
    outputs: number;
  },
  'layer'
>;

export interface IDifferenceGraph {
  nodes: DifferenceNode[];
  edges: Edge[];
}

/** The nodes and edges of both models, laid out together. */
export function differenceGraph(
  before: IModelJSON,
  after: IModelJSON,
  changes: readonly ILayerChange[]
): IDifferenceGraph {
  const [old, now] = [graphOf(before), graphOf(after)];
  const nodes = union(old.nodes, now.nodes);
  const edges = union(keyed(old.edges), keyed(now.edges));
  const all: IGraph = {
    ...now,
    nodes: nodes.map(([node]) => node),
    edges: edges.map(([edge]) => edge)
  };
  const places = layered(all);
  const ports = new Map(
    all.nodes.map(({ id }) => [
      id,
      [...new Set(all.edges.filter(e => e.target === id).map(e => e.port))]
    ])
  );
  return {
    nodes: nodes.map(([node, fate]) => {
      const [x, y] = places.get(node.id) ?? [0, 0];
      const inputs = ports.get(node.id) ?? [];
      const about = changes.filter(change => isAbout(change, node));
      return {
        id: node.id,
        type: 'layer',
        position: { x, y },
        data: {
          layer: node.layer,
          className: classLabel(node),
          fate: fate === 'same' && about.length > 0 ? 'changed' : fate,
          changes: about.flatMap(change => said(change, node)),
          inputs,
          outputs: node.outputs
        },
        ...CARD,
        measured: CARD,
        handles: cardHandles(inputs, node.outputs),
        connectable: false,
        deletable: false
      };
    }),
    edges: edges.map(([edge, fate]) => ({
      id: edge.id,
      source: edge.source,
      target: edge.target,
      sourceHandle: String(edge.tensor),
      targetHandle: edge.port,
      className: `jp-kerasviz-DifferenceEdge jp-mod-${fate}`,
      label: { added: '+', removed: '−', same: undefined, changed: undefined }[
        fate
      ]
    }))
  };
}

/** The first differences of a large drawing, with which it opens; undefined where there is none. */
export function firstDifferences(
  nodes: readonly DifferenceNode[]
): DifferenceNode[] | undefined {
  const different = nodes.filter(({ data }) => data.fate !== 'same');
  const top = Math.min(...different.map(({ position }) => position.y));
  return different.length > 0
    ? different.filter(({ position }) => position.y <= top + NEAR)
    : undefined;
}

/** Each member of either, and what became of it. */
function union<T extends { id: string }>(
  before: readonly T[],
  after: readonly T[]
): [T, Fate][] {
  const old = new Set(before.map(({ id }) => id));
  const now = new Set(after.map(({ id }) => id));
  return [
    ...after.map((one): [T, Fate] => [one, old.has(one.id) ? 'same' : 'added']),
    ...before
      .filter(({ id }) => !now.has(id))
      .map((one): [T, Fate] => [one, 'removed'])
  ];
}

/** Edges whose ids say what they connect. */
function keyed(edges: readonly IEdge[]): IEdge[] {
  return edges.map(edge => ({
    ...edge,
    id: [edge.source, edge.tensor, edge.target, edge.port, edge.index].join(' ')
  }));
}

function isAbout({ layer }: ILayerChange, node: INode): boolean {
  return layer === node.layer || layer.startsWith(`${node.layer}/`);
}

/** The arguments that changed; of a layer inside, with its name, or that it came or went. */
function said(change: ILayerChange, { layer }: INode): IChanged[] {
  const inside = change.layer.slice(layer.length + 1);
  if (inside === '') {
    return change.arguments;
  }
  const { kind, class_name: name } = change;
  return kind === 'changed'
    ? change.arguments.map(one => ({ ...one, key: `${inside}.${one.key}` }))
    : [
        {
          key: inside,
          before: kind === 'added' ? null : name,
          after: kind === 'added' ? name : null
        }
      ];
}
