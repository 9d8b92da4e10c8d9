import type { EditorModel } from '../../../core';
import { chainModel, entry } from '../../__tests__/models';
import { neighbour } from '../neighbour';

describe('the arrow keys', () => {
  let model: EditorModel;
  afterEach(() => model.dispose());

  it('follow the edges up and down, and go to the nearest card beside', () => {
    model = chainModel('InputLayer', 'Dense');
    model.document.addLayer({ entry: entry('Dense'), after: 'input_layer:0' });
    const { graph } = model.document;
    const to = (from: string, key: Parameters<typeof neighbour>[3]) =>
      neighbour(
        graph,
        {
          'input_layer:0': [100, 0],
          'dense:0': [0, 100],
          'dense_1:0': [200, 100]
        },
        from,
        key
      );
    expect(to('input_layer:0', 'ArrowDown')).toBe('dense:0');
    expect(to('dense_1:0', 'ArrowUp')).toBe('input_layer:0');
    expect(to('dense:0', 'ArrowRight')).toBe('dense_1:0');
    expect(to('dense_1:0', 'ArrowLeft')).toBe('dense:0');
    expect(to('dense:0', 'ArrowDown')).toBeNull();
  });
});
