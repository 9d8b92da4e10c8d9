import type { JSONObject } from '@lumino/coreutils';
import { blank, edges, open, source } from '../../__tests__/fixtures';
import { args, ends, layer } from '../../__tests__/parts';

describe('remove', () => {
  it('heals the connection through nodes with one input and one output', () => {
    const document = open(source('mlp'));
    document.remove(['dense:0', 'dropout:0']);
    expect(args(document, 'dense_1')).toEqual([['pixels.0.0'], {}]);
    document.undo();
    expect(document.getSource()).toBe(source('mlp'));
  });

  it('makes what comes before the last layer the output', () => {
    const document = open(source('mlp'));
    document.remove(['dense_1:0']);
    expect(ends(document)).toEqual([
      ['pixels', 0, 0],
      ['dropout', 0, 0]
    ]);
  });

  it('moves later calls of a shared layer up, with references, outputs and positions', () => {
    const document = open(source('shared'));
    document.move({ 'dense:1': [1, 1], 'dense:2': [2, 2] });
    document.remove(['dense:1']);
    expect(args(document, 'subtract')).toEqual([
      [['dense.1.0', 'right.0.0']],
      {}
    ]);
    expect(document.model!.kerasviz!.positions).toEqual({ 'dense:1': [2, 2] });
    document.remove(['dense:0']);
    expect(edges(document)).toEqual([
      'left:0.0>dense:0.0.0',
      'dense:0.0>subtract:0.0.0',
      'right:0.0>subtract:0.0.1'
    ]);
    expect(ends(document)[1]).toEqual(['subtract', 0, 0]);
  });

  it('counts the calls of a nested model as Keras does', () => {
    const document = open(source('nested'));
    expect(document.graph.byId.get('inner:1')!.isOutput).toBe(true);
    document.remove(['inner:0']);
    expect(ends(document)[1]).toEqual([
      ['inner', 1, 0],
      ['chain', 0, 0]
    ]);
    expect(document.graph.byId.get('inner:0')!.isOutput).toBe(true);
    expect(layer(document, 'inner').config).toEqual(
      layer(open(source('nested')), 'inner').config
    );
  });

  it('takes inputs out of the model', () => {
    const document = open(source('multi_input'));
    document.remove(['value:0']);
    expect(ends(document)[0]).toEqual({ query: ['query', 0, 0] });
    expect(args(document, 'attention')).toEqual([
      ['query.0.0'],
      expect.not.objectContaining({ key: expect.anything() })
    ]);
  });
});

describe('duplicate', () => {
  it('copies nodes with the connections among them', () => {
    const document = open(source('shared'));
    document.move({ 'dense:2': [10, 20] });
    expect(document.duplicate(['dense:0', 'dense:2', 'subtract:0'])).toEqual([
      'dense_1:0',
      'dense_1:1',
      'subtract_1:0'
    ]);
    expect(args(document, 'dense_1', 1)).toEqual([['dense_1.0.0'], {}]);
    expect(args(document, 'subtract_1')).toEqual([[['dense_1.1.0']], {}]);
    expect(layer(document, 'dense_1').config).toMatchObject({ units: 4 });
    expect(document.model!.kerasviz!.positions!['dense_1:1']).toEqual([50, 60]);
  });
});

describe('rename', () => {
  it('changes every reference', () => {
    const document = open(source('shared'));
    document.move({ 'dense:1': [1, 1] });
    document.rename('dense', 'twins');
    expect(document.getSource()).not.toContain('"dense"');
    expect(edges(document)).toHaveLength(5);
    expect(ends(document)[1]).toEqual([
      ['twins', 0, 0],
      ['subtract', 0, 0]
    ]);
    expect(document.model!.kerasviz!.positions).toEqual({ 'twins:1': [1, 1] });
  });

  it.each(['subtract', 'a/b', ''])('refuses %j', name => {
    const document = open(source('shared'));
    expect(() => document.rename('dense', name)).toThrow(RangeError);
    expect(document.canUndo()).toBe(false);
  });

  it('takes names that mean something to JavaScript', () => {
    const document = open(source('shared'));
    for (const name of ['constructor', 'toString', 'a:0', 'a.0>b:1']) {
      document.rename(document.model!.config.layers[1].name!, name);
      document.move({ [`${name}:1`]: [1, 1] });
      expect(document.graph.byId.has(`${name}:2`)).toBe(true);
    }
  });
});

describe('settings', () => {
  it('sets and removes arguments', () => {
    const document = open(source('mlp'));
    document.setArguments('dense', { units: 5, activation: undefined });
    const { config } = layer(document, 'dense');
    expect(config.units).toBe(5);
    expect(config).not.toHaveProperty('activation');
    expect(() => document.setArguments('dense', { name: 'x' })).toThrow(
      RangeError
    );
    expect(() => document.setArguments('nobody', {})).toThrow(RangeError);
  });

  it('keeps compile and training values where Keras has a place, or under kerasviz', () => {
    const document = blank();
    const optimizer: JSONObject = {
      module: 'keras.optimizers',
      class_name: 'SGD',
      config: {},
      registered_name: null
    };
    document.setCompile({ optimizer, loss: 'mse', metrics: ['mae'] });
    document.setCompile({ metrics: undefined });
    document.setTraining({ fit: { epochs: 3 }, model_name: 'm' });
    document.setTraining({ fit: undefined, seed: 8 });
    expect(document.model!.compile_config).toEqual({ optimizer, loss: 'mse' });
    expect(document.model!.kerasviz).toEqual({
      version: 1,
      training: { model_name: 'm', seed: 8 }
    });
  });

  it('forgets positions on tidy', () => {
    const document = open(source('mlp'));
    document.move({ 'dense:0': [1, 2], 'nobody:0': [3, 4] });
    expect(document.model!.kerasviz!.positions).toEqual({ 'dense:0': [1, 2] });
    document.tidy();
    expect(document.model!.kerasviz).toEqual({ version: 1 });
  });
});
