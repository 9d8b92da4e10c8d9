import { batchSizeOf, planOf, positionsOf } from '../..';
import { graphOf } from '../../graph/derive';
import { open, source } from '../../__tests__/fixtures';

/** The model `mlp` with something beside its layers that kerasviz does not write. */
function beside(values: object): string {
  return JSON.stringify({ ...JSON.parse(source('mlp')), ...values }, null, 1);
}

const VALUES: [string, object][] = [
  ['a compile_config that is a list', { compile_config: [] }],
  ['a text under kerasviz', { kerasviz: 'x' }],
  ['weights that are no name', { kerasviz: { weights: {} } }],
  ['positions that are no points', { kerasviz: { positions: { 'a:0': 5 } } }],
  ['positions that are a number', { kerasviz: { positions: 5 } }],
  ['training that is a text', { kerasviz: { training: 'x' } }],
  ['epochs that are an object', { kerasviz: { training: { epochs: {} } } }],
  [
    'a data source of a newer version',
    {
      kerasviz: {
        version: 2,
        training: { data: { source: 'cloud', shards: 3, shuffle: true } },
        lessons: [1]
      }
    }
  ]
];

describe('what kerasviz does not know', () => {
  it.each(VALUES)(
    'opens, and is kept when something else is edited: %s',
    (_, values) => {
      const text = beside(values);
      const document = open(text);
      expect(document.error).toBeNull();
      expect(graphOf(document.model!).nodes).toHaveLength(4);
      expect(planOf(document.model!).fit).toHaveProperty('epochs');
      expect(batchSizeOf(document.model)).toBe(32);
      document.setArguments('dropout', { rate: 0.75 });
      expect(document.getSource()).toBe(
        text.replace(/"rate": [\d.]+/, '"rate": 0.75')
      );
      document.rename('dense', 'hidden');
      expect(JSON.parse(document.getSource())).toMatchObject(values);
      document.undo();
      document.undo();
      expect(document.getSource()).toBe(text);
    }
  );

  it.each(VALUES)(
    'gives room to what is edited in its place: %s',
    (_, values) => {
      const text = beside(values);
      const document = open(text);
      document.move({ 'dense:0': [1, 2] });
      document.setTraining({ seed: 3 });
      document.setWeights('a.h5');
      document.setCompile({ loss: 'mse' });
      expect(positionsOf(document.model!)).toEqual({ 'dense:0': [1, 2] });
      expect(planOf(document.model!).seed).toBe(3);
      expect(document.model!.kerasviz!.weights).toBe('a.h5');
      expect(document.model!.compile_config!.loss).toBe('mse');
      while (document.canUndo()) {
        document.undo();
      }
      expect(document.getSource()).toBe(text);
    }
  );

  it('is not shown', () => {
    const positions = { 'dense:0': [1, 2], 'dense_1:0': ['a', 1], x: null };
    const document = open(beside({ kerasviz: { positions } }));
    expect(positionsOf(document.model!)).toEqual({ 'dense:0': [1, 2] });
    document.duplicate(['dense_1:0']);
    document.move({ 'dense:0': [3, 4] });
    expect(document.model!.kerasviz!.positions).toEqual({
      ...positions,
      'dense:0': [3, 4]
    });
  });
});
