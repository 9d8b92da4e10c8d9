import { edges, entry, open, source } from '../../__tests__/fixtures';
import { args, ends, layer } from '../../__tests__/parts';

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
