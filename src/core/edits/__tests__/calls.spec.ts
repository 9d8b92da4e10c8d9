import {
  CATALOG,
  blank,
  edges,
  entry,
  open,
  source
} from '../../__tests__/fixtures';
import { args, layer } from '../../__tests__/parts';
import { parseCallValue } from '../../document/source';

describe('calling a layer again', () => {
  it('adds a call that nothing goes into yet, of the same layer', () => {
    const document = open(source('mlp'));
    const layers = document.model!.config.layers.length;
    const node = document.callAgain('dense:0', {}, [7, 8]);
    expect(node).toBe('dense:1');
    expect(document.model!.config.layers).toHaveLength(layers);
    expect(document.graph.byId.get(node)).toMatchObject({ call: 1, calls: 2 });
    expect(document.model!.kerasviz!.positions).toEqual({ 'dense:1': [7, 8] });
    document.connect({ node: 'pixels:0', tensor: 0 }, { node, port: '0' });
    expect(edges(document)).toContain('pixels:0.0>dense:1.0.0');
    expect(document.model!.config.output_layers).toEqual([
      ['dense_1', 0, 0],
      ['dense', 1, 0]
    ]);
  });

  it('makes a Sequential a functional model, and is undone in one step', () => {
    const document = open(source('sequential'));
    document.callAgain('dense:0');
    expect(document.model!.class_name).toBe('Functional');
    document.undo();
    expect(document.getSource()).toBe(source('sequential'));
  });

  it('gives a layer that was not connected yet two calls', () => {
    const document = blank();
    document.addLayer({ entry: entry('Dense') });
    document.callAgain('dense:0');
    expect([...document.graph.byId.keys()]).toEqual(['dense:0', 'dense:1']);
    document.remove(['dense:0']);
    expect(document.model!.config.layers[0].inbound_nodes).toEqual([]);
  });

  it('is refused for an input', () => {
    const document = open(source('mlp'));
    expect(() => document.callAgain('pixels:0')).toThrow(RangeError);
  });
});

describe('an argument of a call that is no tensor', () => {
  it('is a value of the node, and can be set and undone', () => {
    const document = open(source('nested'));
    expect(document.graph.byId.get('add:0')!.values).toEqual([
      ['1', parseCallValue('1.0')]
    ]);
    expect(document.graph.byId.get('inner:0')!.values).toEqual([]);
    document.setCallValues('add:0', { '1': 2.5 });
    expect(document.graph.byId.get('add:0')!.values).toEqual([['1', 2.5]]);
    expect(edges(document)).toEqual(edges(open(source('nested'))));
    document.undo();
    expect(document.getSource()).toBe(source('nested'));
  });

  it('that is a keyword goes back to its default', () => {
    const document = open(
      source('mlp').replace('"kwargs": {}', '"kwargs": {"training": true}')
    );
    const node = document.graph.nodes.find(item => item.values.length > 0)!;
    expect(node.values).toEqual([['training', true]]);
    document.setCallValues(node.id, { training: undefined });
    expect(document.model).toEqual(open(source('mlp')).model);
  });

  it('is written as Keras does where the call had none, in one step', () => {
    const document = open(source('mlp'));
    document.setCallValues('dense:0', { training: true });
    expect(document.graph.byId.get('dense:0')!.values).toEqual([
      ['training', true]
    ]);
    const { layers } = document.model!.config;
    const dense = layers.find(layer => layer.name === 'dense')!;
    expect(dense.inbound_nodes![0].kwargs).toEqual({ training: true });
    document.undo();
    expect(document.getSource()).toBe(source('mlp'));
  });

  it('is refused where there is no call, or nothing at the position', () => {
    const document = open(source('mlp'));
    for (const [node, port] of [
      ['pixels:0', 'training'],
      ['dense:0', '2']
    ]) {
      expect(() => document.setCallValues(node, { [port]: 1 })).toThrow(
        RangeError
      );
    }
  });

  it('has its position before the tensors are there, and keeps it when they come and go', () => {
    const document = blank();
    const getItem = CATALOG.layer('GetItem', 'GetItem')!;
    const input = document.addLayer({ entry: entry('InputLayer') });
    const node = document.addLayer({ entry: getItem });
    document.setCallValues(node, { '1': [null, 0] });
    expect(args(document, 'get_item')).toEqual([[null, [null, 0]], {}]);
    document.connect({ node: input, tensor: 0 }, { node, port: '0' });
    const whole = [['input_layer.0.0', [null, 0]], {}];
    expect(args(document, 'get_item')).toEqual(whole);
    document.disconnect(edges(document));
    expect(document.graph.byId.get(node)!.values).toEqual([['1', [null, 0]]]);
    document.setCallValues(node, { '1': undefined });
    expect(layer(document, 'get_item').inbound_nodes).toEqual([]);
    document.undo();
    document.undo();
    expect(args(document, 'get_item')).toEqual(whole);
    document.setCallValues(node, { '1': undefined });
    expect(args(document, 'get_item')).toEqual([['input_layer.0.0'], {}]);
  });

  it('makes a Sequential functional', () => {
    const document = open(source('sequential'));
    const node = document.graph.nodes[1].id;
    document.setCallValues(node, { training: false });
    expect(document.model!.class_name).toBe('Functional');
    expect(document.graph.byId.get(node)!.values).toEqual([
      ['training', false]
    ]);
  });
});

describe('unlinking a call', () => {
  it('gives it a copy of the layer; who took its output takes it from there', () => {
    const document = open(source('shared'));
    const before = document.model!.config.layers.find(l => l.name === 'dense')!;
    expect(document.unlink('dense:0', { 'dense:2': [1, 2] })).toBe('dense_1:0');
    expect(edges(document)).toEqual([
      'right:0.0>dense:0.0.0',
      'dense_1:0.0>dense:1.0.0',
      'left:0.0>dense_1:0.0.0',
      'dense:1.0>subtract:0.0.0',
      'dense:0.0>subtract:0.0.1'
    ]);
    const copy = document.model!.config.layers.find(l => l.name === 'dense_1')!;
    expect(copy.config).toEqual({ ...before.config, name: 'dense_1' });
    expect(document.model!.config.output_layers).toEqual([
      ['dense_1', 0, 0],
      ['subtract', 0, 0]
    ]);
    expect(document.model!.kerasviz!.positions).toEqual({ 'dense:1': [1, 2] });
    document.setArguments('dense_1', { units: 9 });
    expect(document.graph.byId.get('dense:0')!.config.units).toBe(4);
    document.undo();
    document.undo();
    expect(document.getSource()).toBe(source('shared'));
  });

  it('counts the calls of a model inside the model as Keras does', () => {
    const document = open(source('nested'));
    document.unlink('inner:1');
    expect(document.model!.config.output_layers).toEqual([
      ['inner_1', 1, 0],
      ['chain', 0, 0]
    ]);
  });

  it('is refused for a layer with one call', () => {
    const document = open(source('mlp'));
    expect(() => document.unlink('dense:0')).toThrow(RangeError);
  });
});
