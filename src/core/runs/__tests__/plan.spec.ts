import type { JSONObject } from '@lumino/coreutils';
import { batchSizeOf, hasLoss, planOf, type IModelJSON } from '../..';
import { blank } from '../../__tests__/fixtures';

/** A model with what a file may hold under `kerasviz.training`. */
function model(training?: unknown): IModelJSON {
  const kerasviz = { version: 1, training } as IModelJSON['kerasviz'];
  return { ...blank().model!, ...(training !== undefined && { kerasviz }) };
}

const OLD = {
  data: { source: 'arrays', x: 'a', y: 'b' },
  epochs: 3,
  validation_split: 0.5,
  model_name: 'net'
};

describe('the plan of a document', () => {
  it.each([[undefined], [null], [''], [[]], [[null]], [{ a: null, b: [] }]])(
    'has no loss in %j',
    loss => {
      expect(hasLoss(loss)).toBe(false);
    }
  );

  it.each([
    ['mse'],
    [[null, 'mse']],
    [{ a: null, b: 'mse' }],
    [{ class_name: 'MeanSquaredError', config: {} }]
  ])('has a loss in %j', loss => {
    expect(hasLoss(loss)).toBe(true);
  });

  it('has the defaults of the editor where the document is silent', () => {
    expect(planOf(model())).toEqual({
      data: null,
      columns: null,
      preparation: null,
      split: null,
      sweep: null,
      fit: { epochs: 10, batch_size: 32, validation_split: 0.2 },
      callbacks: [],
      place: null,
      seed: null,
      model_name: null
    });
  });

  it('is what the document says', () => {
    const stop = { class_name: 'EarlyStopping', config: { patience: 3 } };
    const said = {
      data: { class_name: 'digits', config: {} },
      fit: { epochs: 2, shuffle: false, batch_size: null },
      callbacks: [stop],
      columns: { target: ['price'], ignored: [], weight: null },
      preparation: [
        { class_name: 'Normalization', config: {}, columns: ['area'] }
      ],
      split: { class_name: 'share', config: { validation: 0.1 } },
      sweep: {
        class_name: 'random',
        config: {},
        ranges: [
          { path: ['compile_config', 'optimizer'], values: ['adam', 'sgd'] }
        ]
      },
      place: { class_name: 'process', config: { backend: 'jax' } },
      seed: 7,
      model_name: 'net'
    };
    expect(planOf(model(said))).toEqual({
      ...said,
      fit: { ...said.fit, validation_split: 0.2 }
    });
  });

  it('is read from a document of kerasviz 0.1', () => {
    expect(planOf(model(OLD))).toMatchObject({
      data: { class_name: 'arrays', config: { x: 'a', y: 'b' } },
      fit: { epochs: 3, batch_size: 32, validation_split: 0.5 },
      model_name: 'net'
    });
  });

  it('is written in its new form by the first edit, with what nobody knows', () => {
    const document = blank();
    document.setSource(
      JSON.stringify(model({ ...OLD, preparation: [1], future: { a: 1 } }))
    );
    document.setTraining({ seed: 1 });
    expect(document.model!.kerasviz!.training).toEqual({
      data: { class_name: 'arrays', config: { x: 'a', y: 'b' } },
      fit: { epochs: 3, validation_split: 0.5 },
      model_name: 'net',
      preparation: [1],
      future: { a: 1 },
      seed: 1
    });
  });

  it.each<unknown>([
    'x',
    [],
    { data: 5, fit: [], callbacks: {}, seed: 'x', model_name: 1 },
    { data: { class_name: 1 }, callbacks: [5, { class_name: 'A' }] }
  ])('leaves out what nobody could use: %j', training => {
    expect(planOf(model(training))).toEqual(planOf(model()));
  });

  it('tells the batch size, which a file may leave to Keras', () => {
    const size = (fit: JSONObject) => batchSizeOf(model({ fit }));
    expect(size({ batch_size: 8 })).toBe(8);
    expect(size({ batch_size: null })).toBe(32);
    expect(size({})).toBe(32);
    expect(batchSizeOf(null)).toBe(32);
  });
});
