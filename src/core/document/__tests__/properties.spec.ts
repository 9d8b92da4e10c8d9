import fc from 'fast-check';
import * as Y from 'yjs';
import type { JSONObject } from '@lumino/coreutils';
import { KerasDocument, modelIn, parseValue, type IModelJSON } from '../..';
import { shownAt } from '../nested';
import { graphOf } from '../../graph/derive';
import { isTensor, isHistory, leavesIn } from '../../graph/tensors';
import { layerName, callsOf, callOffset } from '../../graph/layerjson';
import { downstream, outgoing } from '../../graph/walk';
import { CATALOG, MODELS, open, source } from '../../__tests__/fixtures';
import { wrapped } from '../../__tests__/parts';

const LAYERS = [
  'Dense',
  'InputLayer',
  'Add',
  'Concatenate',
  'Dropout',
  'MultiHeadAttention',
  'LSTM',
  'Einsum',
  'GetItem'
].map(name => CATALOG.layer(name)!);

/** An edit, drawn from numbers that are taken modulo what the document has. */
type Edit = (document: KerasDocument) => void;

const small = fc.nat(40);

/** What a form can set: `parseValue` refuses the rest. */
const value = fc
  .json()
  .filter(text => {
    try {
      parseValue(text);
      return true;
    } catch {
      return false;
    }
  })
  .map(parseValue);
const nodes = (document: KerasDocument): string[] => [
  ...document.graph.byId.keys()
];
const pick = <T>(items: readonly T[], i: number): T | undefined =>
  items[i % Math.max(1, items.length)];

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc
    .tuple(small, small, small, fc.boolean())
    .map(([layer, how, place, positioned]): Edit => document => {
      const node = pick(nodes(document), place);
      const edge = pick(document.graph.edges, place)?.id;
      document.addLayer({
        entry: pick(LAYERS, layer)!,
        config: { units: place },
        position: positioned ? [place, how] : undefined,
        after: how % 3 === 1 ? node : undefined,
        into: how % 3 === 2 ? edge : undefined
      });
    }),
  fc
    .tuple(small, small, fc.constantFrom('0', '1', 'key', 'inputs'))
    .map(([from, to, port]): Edit => document => {
      const ends = [
        { node: pick(nodes(document), from) ?? '', tensor: from % 2 },
        { node: pick(nodes(document), to) ?? '', port }
      ] as const;
      if (document.canConnect(...ends) === null) {
        document.connect(...ends);
      }
    }),
  fc
    .tuple(small, small, small, fc.constantFrom('0', '1', 'inputs'))
    .map(([i, from, to, port]): Edit => document => {
      const edge = pick(document.graph.edges, i);
      const ends = [
        { node: pick(nodes(document), from) ?? '', tensor: from % 2 },
        { node: pick(nodes(document), to) ?? '', port }
      ] as const;
      if (edge && document.canConnect(...ends) === null) {
        document.reconnect(edge.id, ...ends);
      }
    }),
  fc.array(small, { minLength: 1, maxLength: 3 }).map(
    (places): Edit =>
      document =>
        document.disconnect(
          places.map(i => pick(document.graph.edges, i)?.id ?? '')
        )
  ),
  fc.array(small, { minLength: 1, maxLength: 3 }).map(
    (places): Edit =>
      document =>
        document.remove(places.map(i => pick(nodes(document), i) ?? ''))
  ),
  fc.array(small, { minLength: 1, maxLength: 3 }).map(
    (places): Edit =>
      document =>
        document.duplicate(places.map(i => pick(nodes(document), i) ?? ''))
  ),
  small.map((i): Edit => document => {
    const node = pick(
      document.graph.nodes.filter(item => !item.isInput),
      i
    );
    if (node) {
      document.callAgain(node.id);
    }
  }),
  small.map((i): Edit => document => {
    const node = pick(
      document.graph.nodes.filter(item => item.calls > 1),
      i
    );
    if (node) {
      document.unlink(node.id);
    }
  }),
  fc.tuple(small, small).map(([i, tensor]): Edit => document => {
    const node = pick(nodes(document), i) ?? '';
    const source = { node, tensor: tensor % 2 };
    const { outputs } = document.graph;
    const isOutput = outputs.some(
      end => end.node === node && end.tensor === source.tensor
    );
    if (!isOutput && node) {
      document.pinOutput(source);
    } else if (outputs.length > 1) {
      document.unpinOutput(source);
    }
  }),
  fc
    .tuple(fc.constantFrom('inputs', 'outputs'), small, small)
    .map(([which, from, to]): Edit => document => {
      const ends = document.graph[which];
      const ordered = ends.every(end => end.key === null);
      if (ends.length > 0 && ordered) {
        document.reorder(which, from % ends.length, to % ends.length);
      }
    }),
  fc.tuple(fc.constantFrom('inputs', 'outputs'), fc.boolean()).map(
    ([which, isNamed]): Edit =>
      document =>
        document.nameEnds(which, isNamed)
  ),
  small.map((i): Edit => document => {
    const { graph, path } = document;
    const inside = graph.nodes.filter(({ id }) => document.isModel(id));
    const node = pick([null, ...inside], i);
    document.show(node ? [...path, node.layer] : []);
  }),
  fc.tuple(small, small).map(
    ([i, x]): Edit =>
      document =>
        document.move({ [pick(nodes(document), i) ?? '']: [x, 7] })
  ),
  fc.constant<Edit>(document => document.tidy()),
  fc
    .tuple(small, fc.option(value, { nil: undefined }))
    .map(([i, value]): Edit => document => {
      const layer = pick(document.shown!.config.layers, i);
      if (layer) {
        document.setArguments(layerName(layer), {
          units: value as JSONObject,
          kernel_initializer: { class_name: 'Zeros' }
        });
      }
    }),
  fc.tuple(small, small).map(([i, n]): Edit => document => {
    const layer = pick(document.shown!.config.layers, i);
    const name = `layer_${n}`;
    const names = document.shown!.config.layers.map(layerName);
    if (layer && !names.includes(name)) {
      document.rename(layerName(layer), name);
    }
  }),
  small.map(
    (n): Edit =>
      document =>
        document.setModelName(`${document.path.join('_')}model_${n}`)
  ),
  small.map(
    (n): Edit =>
      document =>
        document.setCompile({
          optimizer: 'sgd',
          loss: n % 2 ? 'mse' : undefined
        })
  ),
  small.map(
    (n): Edit =>
      document =>
        document.setTraining({ fit: { epochs: n } })
  ),
  small.map(
    (n): Edit =>
      document =>
        document.replace(JSON.parse(source(pick(MODELS, n)!)))
  ),
  fc.constant<Edit>(document => document.undo()),
  fc.constant<Edit>(document => document.redo())
);

/** Everything that must hold of a document at any time, and of one on another page that gets its updates. */
function check(document: KerasDocument, other: KerasDocument): void {
  const model = document.model!;
  expect(other.error).toBeNull();
  expect(other.model).toEqual(model);
  expect(document.graph).toBe(graphOf(document.shown!));
  expect(builtIn(model).filter(built => !BUILT.has(built))).toEqual([]);
  checkModel(model);
}

/** The shapes that layers of a model were built for, wherever they stand in it. */
function builtIn(value: unknown): string[] {
  return typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, item]) =>
        key === 'build_config' ? [JSON.stringify(item)] : builtIn(item)
      );
}

/** A document on another page. */
function follower(document: KerasDocument): KerasDocument {
  const other = KerasDocument.create();
  Y.applyUpdate(other.ydoc, Y.encodeStateAsUpdate(document.ydoc));
  document.ydoc.on('update', update => Y.applyUpdate(other.ydoc, update));
  return other;
}

function checkModel(model: IModelJSON): void {
  const graph = graphOf(model);
  const names = model.config.layers.map(layerName);
  expect(new Set(names).size).toBe(names.length);
  for (const layer of model.config.layers) {
    expect(layer.config.name).toBe(layerName(layer));
    for (const tensor of leavesIn(
      callsOf(layer).map(call => [call.args, call.kwargs]),
      isTensor
    )) {
      const [name, call] = tensor.config.keras_history;
      expect(graph.byId.has(`${name}:${call}`)).toBe(true);
    }
  }
  const ends = [model.config.input_layers, model.config.output_layers];
  for (const [name, call] of leavesIn(ends, isHistory)) {
    const layer = model.config.layers.find(item => layerName(item) === name);
    expect(graph.byId.has(`${name}:${call - callOffset(layer)}`)).toBe(true);
  }
  for (const node of graph.nodes) {
    const after = outgoing(graph, node.id).map(edge => edge.target);
    expect(downstream(graph, after).has(node.id)).toBe(false);
  }
  expect(graph.nodes.filter(node => node.isInput).map(n => n.layer)).toEqual(
    model.config.layers
      .filter(layer => layer.class_name === 'InputLayer')
      .map(layerName)
  );
  for (const position of Object.keys(model.kerasviz?.positions ?? {})) {
    const path = position.split('/');
    const node = path.pop()!;
    expect(graphOf(shownAt(model, path)!).byId.has(node)).toBe(true);
  }
  for (const layer of model.config.layers) {
    const inside = modelIn(layer);
    if (inside) {
      checkModel(inside);
    }
  }
}

const TEXTS = [
  ['an empty model', () => KerasDocument.emptySource('empty')],
  ...MODELS.map(name => [name, () => source(name)] as const),
  ['a model that a layer wraps', wrapped]
] as const;

/** All that the files say: an edit takes built shapes away, and makes none. */
const BUILT = new Set(TEXTS.flatMap(([, text]) => builtIn(JSON.parse(text()))));

describe.each(TEXTS)('any sequence of edits of %s', (_, text) => {
  it('undone is the document it began as, byte for byte; redone, it is there again', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), edits => {
        const document = open(text());
        const other = follower(document);
        for (const apply of edits) {
          apply(document);
          check(document, other);
        }
        document.show([]);
        while (document.canRedo()) {
          document.redo();
        }
        const last = document.model;
        const saved = document.getSource();
        while (document.canUndo()) {
          document.undo();
          check(document, other);
        }
        expect(document.getSource()).toBe(text());
        while (document.canRedo()) {
          document.redo();
          check(document, other);
        }
        expect(document.model).toEqual(last);
        expect(document.getSource()).toBe(saved);
        expect(other.getSource()).toBe(saved);
        const again = open(saved);
        expect(again.model).toEqual(last);
        expect(again.error).toBeNull();
        expect(edges(again)).toEqual(edges(document));
      }),
      { numRuns: 60 }
    );
  });
});

function edges(document: KerasDocument): string[] {
  return document.graph.edges.map(edge => edge.id);
}
