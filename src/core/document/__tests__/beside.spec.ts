import { open } from '../../__tests__/fixtures';

const model = (beside: string): string =>
  `{"class_name": "Functional", "config": {"name": "m", "layers": []}, ${beside}}`;

describe('what stands beside the layers', () => {
  it.each([
    ['compile_config', '[]'],
    ['kerasviz', '"x"'],
    ['kerasviz.weights', '{"weights": {}}'],
    ['kerasviz.positions', '{"positions": {"d:0": 5}}'],
    ['kerasviz.positions', '{"positions": {"d:0": [1e999, 0]}}'],
    ['kerasviz.training', '{"training": "x"}']
  ])(
    'is refused by its key, %s, where it could not be shown: %s',
    (key, value) => {
      const text = `"${key.split('.')[0]}": ${value}`;
      expect(open(model(text)).error).toContain(`'${key}'`);
    }
  );

  it('is taken as kerasviz writes it', () => {
    const kerasviz = {
      version: 1,
      positions: { 'd:0': [0.5, -3] },
      weights: 'a.h5',
      training: { epochs: 1, model_name: 'm', data: { source: 'digits' } }
    };
    const text = `"compile_config": null, "kerasviz": ${JSON.stringify(kerasviz)}`;
    expect(open(model(text)).error).toBeNull();
  });
});
