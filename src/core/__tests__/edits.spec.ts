import type { KerasDocument } from '..';
import type { JSONObject } from '@lumino/coreutils';
import { blank, edges, entry, open, source } from './fixtures';

/** The config and calls of a layer. */
function layer(document: KerasDocument, name: string) {
  return document.model!.config.layers.find(item => item.config.name === name)!;
}

function ends(document: KerasDocument): unknown[] {
  const { input_layers, output_layers } = document.model!.config;
  return [input_layers, output_layers];
}

/** The positional arguments of a call, with tensors as `layer.call.tensor`. */
function args(document: KerasDocument, name: string, call = 0): unknown {
  const { args, kwargs } = layer(document, name).inbound_nodes![call];
  return JSON.parse(JSON.stringify([args, kwargs]), (_, value) =>
    value?.class_name === '__keras_tensor__'
      ? value.config.keras_history.join('.')
      : value
  );
}

describe('addLayer', () => {
  it('names layers as Keras does', () => {
    const document = blank();
    const names = ['Dense', 'Dense', 'Conv2D', 'InputLayer', 'PReLU', 'LSTM'];
    expect(
      names.map(name => document.addLayer({ entry: entry(name) }))
    ).toEqual([
      'dense:0',
      'dense_1:0',
      'conv2d:0',
      'input_layer:0',
      'p_re_lu:0',
      'lstm:0'
    ]);
  });

  it('makes inputs and outputs of what is drawn', () => {
    const document = blank();
    const input = document.addLayer({
      entry: entry('InputLayer'),
      config: { batch_shape: [null, 4] }
    });
    expect(ends(document)).toEqual([['input_layer', 0, 0], []]);
    const dense = document.addLayer({ entry: entry('Dense'), after: input });
    expect(ends(document)[1]).toEqual(['dense', 0, 0]);
    document.addLayer({ entry: entry('Dense'), after: dense });
    expect(ends(document)[1]).toEqual(['dense_1', 0, 0]);
    document.addLayer({ entry: entry('Dense'), after: dense });
    expect(ends(document)[1]).toEqual([
      ['dense_1', 0, 0],
      ['dense_2', 0, 0]
    ]);
    expect(layer(document, 'dense').inbound_nodes).toEqual([
      {
        args: [
          {
            class_name: '__keras_tensor__',
            config: {
              shape: [null, 4],
              dtype: 'float32',
              keras_history: ['input_layer', 0, 0]
            }
          }
        ],
        kwargs: {}
      }
    ]);
  });

  it('puts a layer into an edge', () => {
    const document = open(source('shared'));
    document.addLayer({
      entry: entry('Dropout'),
      into: 'dense:1.0>subtract:0.0.1',
      position: [3, 4]
    });
    expect(args(document, 'subtract')).toEqual([
      [['dense.2.0', 'dropout.0.0']],
      {}
    ]);
    expect(args(document, 'dropout')).toEqual([['dense.1.0'], {}]);
    expect(ends(document)).toEqual(ends(open(source('shared'))));
    expect(document.model!.kerasviz).toEqual({
      version: 1,
      positions: { 'dropout:0': [3, 4] }
    });
  });

  it('gives a merging layer its tensor in a list', () => {
    const document = open(source('mlp'));
    document.addLayer({ entry: entry('Add'), after: 'dense:0' });
    expect(args(document, 'add')).toEqual([[['dense.0.0']], {}]);
  });
});

describe('a Sequential', () => {
  it('stays one while it is a chain', () => {
    const document = open(source('sequential'));
    const dropout = document.addLayer({
      entry: entry('Dropout'),
      into: edges(document)[1]
    });
    document.addLayer({ entry: entry('Dense'), after: 'dense:0' });
    document.remove(['flatten:0']);
    document.setArguments('dense', { units: 3 });
    document.rename('conv2d', 'conv');
    expect(dropout).toBe('dropout:0');
    expect(document.graph.sequential).toBe(true);
    expect(edges(document)).toEqual([
      'image:0.0>conv:0.0.0',
      'conv:0.0>dropout:0.0.0',
      'dropout:0.0>dense:0.0.0',
      'dense:0.0>dense_1:0.0.0'
    ]);
    expect(document.graph.byId.get('dense_1:0')!.isOutput).toBe(true);
    expect(layer(document, 'dense_1')).not.toHaveProperty('inbound_nodes');
  });

  it('becomes functional in the same step when it is none any more', () => {
    const document = open(source('sequential'));
    document.addLayer({ entry: entry('Dense') });
    const { config, ...rest } = document.model!;
    expect(rest).toEqual({
      module: 'keras.src.models.functional',
      class_name: 'Functional',
      registered_name: 'Functional',
      compile_config: {}
    });
    expect(Object.keys(config)).toEqual([
      'name',
      'trainable',
      'layers',
      'input_layers',
      'output_layers'
    ]);
    expect(ends(document)).toEqual([
      ['image', 0, 0],
      ['dense', 0, 0]
    ]);
    expect(args(document, 'flatten')).toEqual([['conv2d.0.0'], {}]);
    expect(layer(document, 'dense_1').inbound_nodes).toEqual([]);
    document.undo();
    expect(document.getSource()).toBe(source('sequential'));
  });

  it('gets an InputLayer for the shape it was built for', () => {
    const text = JSON.parse(source('sequential'));
    text.config.layers.shift();
    const document = open(JSON.stringify(text));
    document.disconnect([edges(document)[1]]);
    expect(layer(document, 'input_layer').config).toEqual({
      batch_shape: [null, 8, 8, 1],
      name: 'input_layer'
    });
    expect(edges(document)).toEqual([
      'input_layer:0.0>conv2d:0.0.0',
      'conv2d:0.0>flatten:0.0.0'
    ]);
    expect(ends(document)[1]).toEqual([
      ['dense', 0, 0],
      ['flatten', 0, 0]
    ]);
  });

  it('takes an InputLayer in front', () => {
    const document = open(source('sequential_unbuilt'));
    document.addLayer({ entry: entry('InputLayer') });
    expect(document.graph.sequential).toBe(true);
    expect(edges(document)[0]).toBe('input_layer:0.0>dense:0.0.0');
  });

  it('forgets the shape it was built for with its first layer', () => {
    const document = open(source('sequential'));
    document.setArguments('image', { batch_shape: [null, 28, 28, 1] });
    expect(document.model).not.toHaveProperty('build_config');
    expect(document.model!.config).not.toHaveProperty('build_input_shape');
  });
});

describe('connect', () => {
  it('appends to a list and replaces a single tensor', () => {
    const document = open(source('shared'));
    document.connect(
      { node: 'left:0', tensor: 0 },
      { node: 'subtract:0', port: '0' }
    );
    expect(args(document, 'subtract')).toEqual([
      [['dense.2.0', 'dense.1.0', 'left.0.0']],
      {}
    ]);
    document.connect(
      { node: 'left:0', tensor: 0 },
      { node: 'dense:1', port: '0' }
    );
    expect(args(document, 'dense', 1)).toEqual([['left.0.0'], {}]);
  });

  it('writes optional arguments, and those after a gap, as keywords', () => {
    const document = open(source('multi_input'));
    document.addLayer({ entry: entry('MultiHeadAttention') });
    const node = 'multi_head_attention:0';
    const from = { node: 'value:0', tensor: 0 };
    document.connect(from, { node, port: '1' });
    document.connect(from, { node, port: 'key' });
    document.connect({ node: 'query:0', tensor: 0 }, { node, port: 'query' });
    expect(args(document, 'multi_head_attention')).toEqual([
      ['query.0.0'],
      { value: 'value.0.0', key: 'value.0.0' }
    ]);
    document.connect({ node: 'query:0', tensor: 0 }, { node, port: '1' });
    expect(args(document, 'multi_head_attention')).toEqual([
      ['query.0.0'],
      { value: 'query.0.0', key: 'value.0.0' }
    ]);
  });

  it('writes the tensor a call gives, and its shape where the file has it', () => {
    const document = open(source('recurrent'));
    const port = {
      node: document.addLayer({ entry: entry('Dense') }),
      port: '0'
    };
    document.connect({ node: 'encoder:0', tensor: 2 }, port);
    expect(layer(document, 'dense').inbound_nodes![0].args).toMatchObject([
      { config: { shape: [null, 6], keras_history: ['encoder', 0, 2] } }
    ]);
    expect(document.graph.byId.get('encoder:0')!.outputs).toBe(3);
  });

  it('keeps an output that is no leaf, where the file names it', () => {
    const document = open(source('shared'));
    document.addLayer({ entry: entry('Dense'), after: 'subtract:0' });
    expect(ends(document)[1]).toEqual([
      ['dense', 0, 0],
      ['dense_1', 0, 0]
    ]);
  });

  it('keeps names of outputs', () => {
    const document = open(source('multi_input'));
    document.addLayer({ entry: entry('Dense'), after: 'pool:0' });
    document.remove(['label:0']);
    expect(ends(document)[1]).toEqual({
      score: ['score', 0, 0],
      dense: ['dense', 0, 0]
    });
  });

  it.each([
    ['self', 'dense:0', 'dense:0', '0'],
    ['input', 'dense:0', 'left:0', '0'],
    ['input', 'nobody:0', 'dense:0', '0'],
    ['cycle', 'subtract:0', 'dense:0', '0'],
    ['duplicate', 'left:0', 'dense:0', '0'],
    ['duplicate', 'dense:1', 'subtract:0', 'inputs'],
    [null, 'right:0', 'dense:0', '0'],
    [null, 'left:0', 'subtract:0', '0']
  ] as const)('says %s to %s -> %s', (reason, from, node, port) => {
    const document = open(source('shared'));
    const ends = [
      { node: from, tensor: 0 },
      { node, port }
    ] as const;
    expect(document.canConnect(...ends)).toBe(reason);
    if (reason) {
      expect(() => document.connect(...ends)).toThrow(RangeError);
      expect(document.getSource()).toBe(source('shared'));
    }
  });

  it('says occupied where an argument holds a number', () => {
    const document = open(source('nested'));
    expect(
      document.canConnect(
        { node: 'x:0', tensor: 0 },
        { node: 'add:0', port: '1' }
      )
    ).toBe('occupied');
  });
});

describe('disconnect', () => {
  it('leaves a layer that takes nothing without a call', () => {
    const document = open(source('multi_input'));
    document.disconnect([
      'query:0.0>concatenate:0.0.0',
      'concatenate:0.0>pool:0.0.0'
    ]);
    expect(args(document, 'concatenate')).toEqual([
      [['attention.0.0', 'attention.0.0']],
      {}
    ]);
    expect(layer(document, 'pool').inbound_nodes).toEqual([]);
    expect(ends(document)[1]).toEqual({
      score: ['score', 0, 0],
      label: ['label', 0, 0],
      concatenate: ['concatenate', 0, 0]
    });
  });

  it('moves arguments after a gap to their keywords', () => {
    const document = open(source('multi_input'));
    document.disconnect(['query:0.0>attention:0.0.0']);
    expect(args(document, 'attention')).toEqual([
      [],
      expect.objectContaining({ value: 'value.0.0', key: 'value.0.0' })
    ]);
  });

  it('keeps the call of a shared layer in its place', () => {
    const document = open(source('shared'));
    document.disconnect(['right:0.0>dense:1.0.0']);
    expect(args(document, 'dense', 1)).toEqual([[], {}]);
    expect(edges(document)).toContain('dense:1.0>subtract:0.0.1');
  });
});

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
    document.setTraining({ epochs: 3, data: { source: 'digits' } });
    document.setTraining({ epochs: undefined, batch_size: 8 });
    expect(document.model!.compile_config).toEqual({ optimizer, loss: 'mse' });
    expect(document.model!.kerasviz).toEqual({
      version: 1,
      training: { data: { source: 'digits' }, batch_size: 8 }
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
