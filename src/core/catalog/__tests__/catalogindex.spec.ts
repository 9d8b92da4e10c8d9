import { CatalogIndex, classLabel } from '../..';
import { CATALOG, entry } from '../../__tests__/fixtures';

const custom = {
  ...entry('Dense'),
  registered_name: 'mine>Dense',
  module: '__main__',
  group: 'Custom'
};
const index = new CatalogIndex({
  ...CATALOG.catalog,
  layers: [custom, ...CATALOG.catalog.layers]
});

describe('CatalogIndex', () => {
  it("tells a user's class from Keras' of the same name", () => {
    expect(index.layer('Dense', null)).toBe(entry('Dense'));
    expect(index.layer('Dense', 'mine>Dense')).toBe(custom);
    expect(index.layer('Dense', 'other>Dense')).toBeUndefined();
    expect(index.layer('constructor')).toBeUndefined();
  });

  it("lists all layers in Keras' groups", () => {
    const groups = CATALOG.groups();
    expect(groups[0].group).toBe('Core layers');
    expect(groups[0].entries[0].class_name).toBe('InputLayer');
    expect(groups.flatMap(group => group.entries)).toEqual(CATALOG.entries);
  });

  it("tells an operation from Keras' layer of the same name, for people too", () => {
    const operation = index.layer('Add', 'Add')!;
    expect(operation.module).toBe('keras.src.ops.numpy');
    expect(classLabel(operation)).toBe('ops.add');
    expect(classLabel(index.layer('Add')!)).toBe('Add');
    expect(index.family(operation)).toBe('operation');
    const found = index.search('add');
    expect(found.indexOf(index.layer('Add')!)).toBeLessThan(
      found.indexOf(operation)
    );
    expect(index.search('ops.add')[0]).toBe(operation);
  });

  it('finds layers by words of name, group and summary, best first', () => {
    const names = (text: string): string[] =>
      CATALOG.search(text).map(({ class_name }) => class_name);
    expect(names('dense')[0]).toBe('Dense');
    expect(names('conv')[0]).toBe('Conv1D');
    expect(names('pool max 2d')).toContain('MaxPooling2D');
    expect(names('recurrent')).toContain('LSTM');
    expect(names('no such layer at all')).toEqual([]);
    expect(names(' ')).toHaveLength(CATALOG.entries.length);
  });

  it.each([
    ['InputLayer', 'input'],
    ['Dense', 'core'],
    ['Conv2D', 'convolution'],
    ['MaxPooling2D', 'pooling'],
    ['LSTM', 'recurrent'],
    ['MultiHeadAttention', 'attention'],
    ['BatchNormalization', 'normalization'],
    ['Dropout', 'regularization'],
    ['Flatten', 'reshaping'],
    ['Add', 'merging'],
    ['ReLU', 'activation'],
    ['Rescaling', 'preprocessing'],
    ['Nobody', 'other']
  ])('knows that %s is %s', (class_name, family) => {
    expect(CATALOG.family(class_name)).toBe(family);
  });

  it('knows the family of every layer, and of the user’s own', () => {
    expect(index.family(custom)).toBe('custom');
    const unknown = CATALOG.catalog.layers.filter(
      item =>
        CATALOG.family(item) === 'other' &&
        item.group !== 'Backend-specific layers'
    );
    expect(unknown).toEqual([]);
  });
});
