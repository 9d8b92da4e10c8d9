import { mayAddLoss } from '../addedlosses';

const dense = {
  module: 'keras.layers',
  class_name: 'Dense',
  config: { units: 2, kernel_regularizer: null },
  registered_name: null
};

describe('a loss that layers add', () => {
  it('comes of regularizers, and maybe of code of the user’s own', () => {
    const model = (...layers: object[]) => ({
      class_name: 'Sequential',
      registered_name: 'Sequential',
      config: { layers },
      compile_config: { loss: { registered_name: 'own>Loss', class_name: 'L' } }
    });
    expect(mayAddLoss(model(dense))).toBe(false);
    const own = { ...dense, registered_name: 'vae>Sampling' };
    expect(mayAddLoss(model(dense, own))).toBe(true);
    const wrapped = { class_name: 'TimeDistributed', config: { layer: own } };
    expect(mayAddLoss(model(wrapped))).toBe(true);
    const config = { units: 2, kernel_regularizer: 'l2' };
    expect(mayAddLoss(model({ ...dense, config }))).toBe(true);
    const adds = { class_name: 'ActivityRegularization', config: {} };
    expect(mayAddLoss(model(adds))).toBe(true);
  });
});
