import type { EditorModel } from '../../../core';
import { chainModel, entry } from '../../__tests__/models';
import { CATALOG } from '../../training/__tests__/editor';
import { inputPorts } from '../ports';

describe('the ports of a node', () => {
  let model: EditorModel;
  afterEach(() => model.dispose());

  const ports = (id: string, class_name?: string) => {
    const { byId, edges } = model.document.graph;
    return inputPorts(
      byId.get(id)!,
      class_name ? entry(class_name) : undefined,
      edges.filter(edge => edge.target === id)
    );
  };
  const ids = (id: string, class_name?: string) =>
    ports(id, class_name).map(port => port.id);

  it('are none for an input', () => {
    model = chainModel('InputLayer');
    expect(ids('input_layer:0', 'InputLayer')).toEqual([]);
  });

  it('are named by position, and by keyword where they are optional', () => {
    model = chainModel('MultiHeadAttention');
    expect(ids('multi_head_attention:0', 'MultiHeadAttention')).toEqual([
      '0',
      '1',
      'key',
      'attention_mask'
    ]);
  });

  it('are named as the document names them', () => {
    model = chainModel('InputLayer', 'MultiHeadAttention');
    const { document } = model;
    const node = 'multi_head_attention:0';
    document.disconnect(document.graph.edges.map(edge => edge.id));
    document.connect({ node: 'input_layer:0', tensor: 0 }, { node, port: '1' });
    const [edge] = document.graph.edges;
    expect(ids(node, 'MultiHeadAttention')).toContain(edge.port);
    expect(ports(node, 'MultiHeadAttention').map(port => port.name)).toEqual([
      'query',
      'value',
      'key',
      'attention_mask'
    ]);
  });

  it('are there for a mask that Keras hands along where somebody asks for it, or a tensor goes in', () => {
    model = chainModel('InputLayer', 'LSTM');
    const { document } = model;
    const node = 'lstm:0';
    const known = () =>
      inputPorts(
        document.graph.byId.get(node)!,
        entry('LSTM'),
        document.graph.edges,
        document.openPorts.get(node)
      ).map(port => port.id);
    expect(known()).toEqual(['0', 'initial_state']);
    document.showPort({ node, port: 'mask' }, true);
    expect(known()).toEqual(['0', 'initial_state', 'mask']);
    const mask = document.addLayer({ entry: entry('InputLayer') });
    document.connect({ node: mask, tensor: 0 }, { node, port: 'mask' });
    document.showPort({ node, port: 'mask' }, false);
    expect(known()).toEqual(['0', 'initial_state', 'mask']);
    document.undo();
    expect(known()).toEqual(['0', 'initial_state']);
  });

  it('are one more than the operands that an operation has, of which it takes any number', () => {
    model = chainModel('InputLayer');
    const { document } = model;
    const einsum = CATALOG.layer('Einsum', 'Einsum')!;
    const node = document.addLayer({ entry: einsum });
    const source = { node: 'input_layer:0', tensor: 0 };
    const known = () =>
      inputPorts(
        document.graph.byId.get(node)!,
        einsum,
        document.graph.edges
      ).map(({ id, name, optional }) => [id, name, optional]);
    expect(known()).toEqual([['0', 'operands[0]', false]]);
    document.connect(source, { node, port: '0' });
    document.connect({ ...source }, { node, port: '1' });
    expect(known()).toEqual([
      ['0', 'operands[0]', false],
      ['1', 'operands[1]', true],
      ['2', 'operands[2]', true]
    ]);
    document.disconnect([document.graph.edges[0].id]);
    expect(known().map(([id]) => id)).toEqual(['0', '1', '2']);
    document.disconnect([document.graph.edges[0].id]);
    expect(document.model!.config.layers[1].inbound_nodes).toEqual([]);
  });

  it('come from the calls of a class that nobody knows', () => {
    model = chainModel('InputLayer', 'Dense');
    expect(ids('dense:0')).toEqual(['0']);
  });

  it('are one where there is neither class nor call', () => {
    model = chainModel('Dense');
    expect(ids('dense:0')).toEqual(['0']);
  });
});
