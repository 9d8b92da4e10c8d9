import type { KerasDocument } from '../..';
import { blank, edges, entry, open, source } from '../../__tests__/fixtures';

/** Two inputs, into a Dense and into an Add; what comes out has names. */
function drawn(): KerasDocument {
  const document = blank();
  const [a, b] = [0, 1].map(() =>
    document.addLayer({ entry: entry('InputLayer') })
  );
  document.addLayer({ entry: entry('Dense'), after: a });
  const add = document.addLayer({ entry: entry('Add'), after: a });
  document.connect({ node: b, tensor: 0 }, { node: add, port: '0' });
  const model = JSON.parse(document.getSource());
  model.config.output_layers = { y: ['dense', 0, 0], sum: ['add', 0, 0] };
  return open(JSON.stringify(model));
}

const from = (node: string) => ({ node, tensor: 0 });
const to = (node: string, port = '0') => ({ node, port });

describe('moving an end of an edge', () => {
  it('to another source keeps its place among the tensors of the port', () => {
    const document = drawn();
    const before = document.getSource();
    document.reconnect(
      'input_layer:0.0>add:0.0.0',
      from('dense:0'),
      to('add:0')
    );
    expect(edges(document)).toEqual([
      'input_layer:0.0>dense:0.0.0',
      'dense:0.0>add:0.0.0',
      'input_layer_1:0.0>add:0.0.1'
    ]);
    document.undo();
    expect(document.getSource()).toBe(before);
    expect(document.canUndo()).toBe(false);
  });

  it('leaves outputs as they are, where disconnecting and connecting would create new ones', () => {
    const document = drawn();
    const { output_layers } = document.model!.config;
    document.reconnect(
      'input_layer:0.0>dense:0.0.0',
      from('input_layer_1:0'),
      to('dense:0')
    );
    expect(document.model!.config.output_layers).toEqual(output_layers);
  });

  it('to another layer leaves the first without its tensor', () => {
    const document = drawn();
    document.reconnect(
      'input_layer_1:0.0>add:0.0.1',
      from('input_layer_1:0'),
      to('dense:0')
    );
    expect(edges(document)).toEqual([
      'input_layer_1:0.0>dense:0.0.0',
      'input_layer:0.0>add:0.0.0'
    ]);
  });

  it('is refused where the two could not be connected, and makes a Sequential functional', () => {
    const document = open(source('sequential'));
    const [, edge] = edges(document);
    const last = document.graph.nodes.slice(-1)[0].id;
    const [node] = edge.split('.');
    expect(() => document.reconnect(edge, from(last), to('flatten:0'))).toThrow(
      /cycle/
    );
    expect(() => document.reconnect('no', from(node), to(last))).toThrow(
      /Expected an edge/
    );
    document.reconnect(edge, from(node), to(last));
    expect(document.model!.class_name).toBe('Functional');
    document.undo();
    expect(document.getSource()).toBe(source('sequential'));
  });
});
