import { CATALOG } from '../../__tests__/fixtures';

const found = (text: string): string[] =>
  CATALOG.search(text).map(({ class_name }) => class_name);

describe('the search of layers', () => {
  it.each([
    ['add', 'Add'],
    ['dense', 'Dense'],
    ['input', 'InputLayer'],
    ['max pooling 2d', 'MaxPooling2D'],
    ['fully connected', 'Dense'],
    ['flattn', 'Flatten'],
    ['self attention', 'MultiHeadAttention'],
    ['residual', 'Add'],
    ['normalise', 'BatchNormalization'],
    ['normalize', 'BatchNormalization'],
    ['deconvolution', 'Conv2DTranspose'],
    ['dropuot', 'Dropout'],
    ['concatinate', 'Concatenate'],
    ['batch norm', 'BatchNormalization'],
    ['one hot', 'CategoryEncoding'],
    ['skip connection', 'Add'],
    ['conv', 'Conv1D']
  ])('finds for "%s" first %s', (text, first) => {
    expect(found(text)[0]).toBe(first);
  });

  it('finds words of the documentation after all names', () => {
    const names = found('gelu');
    expect(names.length).toBeGreaterThan(0);
    expect(found('translation equivariant fantasy')).toEqual([]);
  });

  it('takes no short word for a typing error', () => {
    expect(found('gruu')).not.toContain('ELU');
    expect(found('xq')).toEqual([]);
  });
});
