import type { IModelJSON } from '../../keras';
import { policyOf, withPolicy } from '../precision';

const layer = (class_name: string, config: object) => ({
  module: 'keras.layers',
  class_name,
  config,
  registered_name: null
});

const policy = (name: string) => ({
  module: 'keras',
  class_name: 'DTypePolicy',
  config: { name },
  registered_name: null
});

const model = (...layers: object[]) =>
  ({ class_name: 'Functional', config: { layers } }) as unknown as IModelJSON;

const takes = ({ class_name }: { class_name: string }) =>
  !['InputLayer', 'Functional', 'Zeros'].includes(class_name);

describe('the policy of all layers', () => {
  const lookup = layer('StringLookup', { dtype: 'int64' });
  const input = layer('InputLayer', { dtype: 'float32' });
  const zeros = layer('Zeros', { dtype: null });
  const drawn = model(
    input,
    lookup,
    layer('Dense', { units: 2, bias_initializer: zeros }),
    layer('TimeDistributed', {
      layer: layer('LSTM', { dtype: policy('float32') }),
      dtype: 'float32'
    }),
    layer('Functional', { layers: [layer('Conv2D', {})] })
  );

  it('is set in each layer, also in those inside others, and nowhere else', () => {
    const next = withPolicy(drawn, 'mixed_float16', takes);
    expect(next).toEqual(
      model(
        input,
        lookup,
        layer('Dense', {
          units: 2,
          bias_initializer: zeros,
          dtype: 'mixed_float16'
        }),
        layer('TimeDistributed', {
          layer: layer('LSTM', { dtype: 'mixed_float16' }),
          dtype: 'mixed_float16'
        }),
        layer('Functional', {
          layers: [layer('Conv2D', { dtype: 'mixed_float16' })]
        })
      )
    );
    expect(next.config.layers[1]).toBe(drawn.config.layers[1]);
  });

  it('is told where all have the same', () => {
    expect(policyOf(drawn, takes)).toBe('float32');
    expect(policyOf(withPolicy(drawn, 'bfloat16', takes), takes)).toBe(
      'bfloat16'
    );
    expect(policyOf(model(), takes)).toBe('float32');
    const some = layer('Dense', { dtype: policy('mixed_float16') });
    expect(policyOf(model(layer('Dense', {}), some), takes)).toBeNull();
  });
});
