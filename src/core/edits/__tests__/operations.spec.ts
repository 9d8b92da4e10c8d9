import {
  CATALOG,
  blank,
  edges,
  entry,
  open,
  source
} from '../../__tests__/fixtures';

const operation = (name: string) => CATALOG.layer(name, name)!;

describe('an operation', () => {
  it('is written as Keras writes it', () => {
    const document = blank();
    const input = document.addLayer({ entry: entry('InputLayer') });
    document.addLayer({ entry: operation('Mean'), after: input });
    expect(document.model!.config.layers[1]).toMatchObject({
      module: 'keras.src.ops.numpy',
      class_name: 'Mean',
      registered_name: 'Mean',
      name: 'mean',
      config: { name: 'mean' }
    });
  });

  it('has a port for each tensor, one of which may take several', () => {
    const document = blank();
    const inputs = [1, 2].map(() =>
      document.addLayer({ entry: entry('InputLayer') })
    );
    const add = document.addLayer({ entry: operation('Add') });
    const stack = document.addLayer({ entry: operation('Stack') });
    inputs.forEach((node, i) => {
      const source = { node, tensor: 0 };
      document.connect(source, { node: add, port: String(i) });
      document.connect(source, { node: stack, port: '0' });
    });
    expect(edges(document)).toEqual([
      'input_layer:0.0>add:0.0.0',
      'input_layer_1:0.0>add:0.1.0',
      'input_layer:0.0>stack:0.0.0',
      'input_layer_1:0.0>stack:0.0.1'
    ]);
  });

  it('makes a Sequential functional, since that takes layers alone', () => {
    const document = open(source('sequential'));
    const { id } = document.graph.nodes.slice(-1)[0];
    document.addLayer({ entry: operation('Softmax'), after: id });
    expect(document.model!.class_name).toBe('Functional');
    document.undo();
    expect(document.getSource()).toBe(source('sequential'));
  });
});
