import { blank, edges, entry, open, source } from '../../__tests__/fixtures';
import { args, ends, layer } from '../../__tests__/parts';

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
