import * as Y from 'yjs';
import { KerasDocument, EditorModel, type ILayerJSON } from '../..';
import { CATALOG, entry, open, source } from '../../__tests__/fixtures';
import { wrapped } from '../../__tests__/parts';

function layerOf(document: KerasDocument, name: string): ILayerJSON {
  return document.model!.config.layers.find(
    layer => (layer.name ?? layer.config.name) === name
  )!;
}

describe('a model inside the model', () => {
  it('is shown and edited like the whole, with one undo history', () => {
    const document = open(source('nested'));
    document.show(['inner']);
    expect([...document.graph.byId.keys()]).toEqual([
      'inner_input:0',
      'inner_dense:0'
    ]);
    document.setArguments('inner_dense', { units: 7 });
    document.addLayer({ entry: entry('Dropout'), after: 'inner_dense:0' });
    document.move({ 'dropout:0': [1, 2] });
    const inner = layerOf(document, 'inner');
    expect(inner.config.output_layers).toEqual(['dropout', 0, 0]);
    expect(inner.inbound_nodes).toHaveLength(2);
    expect(inner).not.toHaveProperty('kerasviz');
    expect(document.shown!.kerasviz!.positions).toEqual({
      'dropout:0': [1, 2]
    });
    expect(document.model!.kerasviz!.positions).toEqual({
      'inner/dropout:0': [1, 2]
    });
    document.show([]);
    document.setArguments('chain', { trainable: false });
    expect(document.graph.byId.has('chain:0')).toBe(true);
    for (let i = 0; i < 4; i++) {
      document.undo();
    }
    expect(document.canUndo()).toBe(false);
    expect(document.getSource()).toBe(source('nested'));
  });

  it('leaves all but the place that changed as it is', () => {
    const document = open(source('nested'));
    document.show(['chain']);
    document.setArguments('chain_dense', { units: 5 });
    const expected = JSON.parse(source('nested'));
    const chain = expected.config.layers.find(
      (layer: ILayerJSON) => layer.name === 'chain'
    );
    chain.config.layers[1].config.units = 5;
    expect(JSON.parse(document.getSource())).toEqual(expected);
  });

  it('forgets the shapes that its layers were built for where their inputs change', () => {
    const document = open(source('nested'));
    document.show(['chain']);
    document.addLayer({
      entry: entry('Dense'),
      config: { units: 3 },
      into: document.graph.edges[0].id
    });
    const saved = JSON.parse(document.getSource());
    const chain = saved.config.layers.find(
      (layer: ILayerJSON) => layer.name === 'chain'
    );
    expect(chain.config.layers[2].config.name).toBe('chain_dense');
    expect(chain.config.layers[2]).not.toHaveProperty('build_config');
  });

  it('that becomes functional is counted by the model around it as Keras does', () => {
    const document = open(source('nested'));
    document.show(['chain']);
    document.addLayer({ entry: entry('Dense') });
    expect(document.shown!.class_name).toBe('Functional');
    expect(document.model!.config.output_layers).toEqual([
      ['inner', 2, 0],
      ['chain', 1, 0]
    ]);
  });

  it('is renamed in the model around it, too', () => {
    const document = open(source('nested'));
    document.show(['inner']);
    document.move({ 'inner_dense:0': [3, 4] });
    document.setModelName('encoder');
    expect(document.model!.kerasviz!.positions).toEqual({
      'encoder/inner_dense:0': [3, 4]
    });
    expect(document.path).toEqual(['encoder']);
    expect(layerOf(document, 'encoder').config.name).toBe('encoder');
    expect(() => document.setModelName('chain')).toThrow(/taken/);
    expect(document.path).toEqual(['encoder']);
  });

  it('that goes while it is shown leaves the model around it', () => {
    const document = open(source('nested'));
    document.show(['inner']);
    const { config, ...rest } = document.model!;
    const layers = config.layers.filter(layer => layer.name !== 'inner');
    document.replace({ ...rest, config: { ...config, layers } });
    expect(document.path).toEqual([]);
    expect(document.graph.byId.has('chain:0')).toBe(true);
  });

  it('merges what two people change in two of its layers', () => {
    const [mine, theirs] = [open(source('nested')), KerasDocument.create()];
    Y.applyUpdate(theirs.ydoc, Y.encodeStateAsUpdate(mine.ydoc));
    mine.show(['inner']);
    theirs.show(['inner']);
    mine.setArguments('inner_dense', { units: 7 });
    theirs.setArguments('inner_input', { dtype: 'float16' });
    Y.applyUpdate(theirs.ydoc, Y.encodeStateAsUpdate(mine.ydoc));
    Y.applyUpdate(mine.ydoc, Y.encodeStateAsUpdate(theirs.ydoc));
    for (const { shown } of [mine, theirs]) {
      const [input, dense] = shown!.config.layers;
      expect([input.config.dtype, dense.config.units]).toEqual(['float16', 7]);
    }
  });

  it('may be wrapped by a layer: it is shown and edited as well, and keeps its own name', () => {
    const text = wrapped();
    const document = open(text);
    expect(document.isModel('each:0')).toBe(true);
    document.show(['each']);
    document.setArguments('inner_dense', { units: 7 });
    document.move({ 'inner_dense:0': [1, 2] });
    document.setModelName('head');
    const { layer } = layerOf(document, 'each').config;
    expect(document.shown).toMatchObject(layer as object);
    expect(layer).toMatchObject({ class_name: 'Functional' });
    expect(layer).toHaveProperty('config.name', 'head');
    expect(layer).toHaveProperty('config.layers.1.config.units', 7);
    expect(document.model!.kerasviz!.positions).toEqual({
      'each/inner_dense:0': [1, 2]
    });
    document.show([]);
    document.rename('each', 'every');
    expect(document.model!.kerasviz!.positions).toEqual({
      'every/inner_dense:0': [1, 2]
    });
    for (let i = 0; i < 4; i++) {
      document.undo();
    }
    expect(document.canUndo()).toBe(false);
    expect(document.getSource()).toBe(text);
  });

  it('is entered and left in the editor, which selects the layer that it is', () => {
    const document = open(source('nested'));
    const model = new EditorModel({ document, catalog: CATALOG, path: '' });
    expect(document.isModel('inner:1')).toBe(true);
    expect(document.isModel('x:0')).toBe(false);
    model.selection.select(['inner:1']);
    model.enter('inner:1');
    expect(document.path).toEqual(['inner']);
    expect(model.selection.value.size).toBe(0);
    model.show([]);
    expect([...model.selection.value]).toEqual(['inner:0']);
  });
});
