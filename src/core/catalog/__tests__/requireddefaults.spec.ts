import { withRequiredDefaults } from '../requireddefaults';
import { blank, CATALOG, entry } from '../../__tests__/fixtures';

describe('withRequiredDefaults', () => {
  it('gives what Keras demands and has a default for', () => {
    expect(withRequiredDefaults(entry('Rescaling'), { scale: 2 })).toEqual({
      scale: 2,
      offset: 0
    });
    const constant = CATALOG.catalog.initializers.find(
      ({ class_name }) => class_name === 'Constant'
    )!;
    expect(withRequiredDefaults(constant, {})).toEqual({ value: 0 });
  });

  it('leaves arguments that are set, and classes without such arguments, alone', () => {
    const set = { scale: 1, offset: 3 };
    expect(withRequiredDefaults(entry('Rescaling'), set)).toEqual(set);
    expect(withRequiredDefaults(entry('Dense'), {})).toEqual({});
  });

  it('is what a dropped layer begins with', () => {
    const document = blank();
    document.addLayer({ entry: entry('Rescaling') });
    expect(document.model!.config.layers[0].config).toEqual({
      name: 'rescaling',
      offset: 0
    });
  });
});
