import type { JSONObject, JSONValue } from '@lumino/coreutils';
import type { ICatalog } from '../..';
import { isByOutput, partsOf, withPart } from '../..';
import catalog from '../../catalog/catalog.json';

const { properties } = (catalog as unknown as ICatalog).compile;
const NAMES = ['kind', 'price'];
const MAE = { class_name: 'MeanAbsoluteError', config: {} };

describe('what compile says for each output', () => {
  it('is about losses, their weights and metrics', () => {
    const found = Object.keys(properties).filter(name =>
      isByOutput(properties[name])
    );
    expect(found).toEqual([
      'loss',
      'loss_weights',
      'metrics',
      'weighted_metrics'
    ]);
  });

  it.each<[string, JSONValue | null, JSONValue[] | null]>([
    ['loss', 'mse', ['mse', 'mse']],
    ['loss', MAE, [MAE, MAE]],
    ['loss', ['mse', null], ['mse', undefined as never]],
    ['loss', { price: MAE }, [undefined as never, MAE]],
    ['loss', ['mse'], null],
    ['loss', { cost: 'mse' }, null],
    ['loss_weights', [1, 0.5], [1, 0.5]],
    ['loss_weights', { price: 0.5 }, [undefined as never, 0.5]],
    ['loss_weights', 2, null],
    ['metrics', [['mae'], null], [['mae'], undefined as never]],
    ['metrics', ['acc', 'mae'], [['acc'], ['mae']]],
    ['metrics', { kind: 'acc', price: [MAE] }, [['acc'], [MAE]]],
    ['metrics', ['acc', 'mae', 'mse'], null],
    ['metrics', null, [undefined as never, undefined as never]]
  ])('reads %s: %j', (argument, value, parts) => {
    expect(partsOf(properties[argument], value, NAMES)).toEqual(parts);
  });

  it.each<[string, JSONValue, JSONValue]>([
    ['loss', 'mse', 'mse'],
    ['loss', ['mse'], 'mse'],
    ['loss', { a: 'mse' }, 'mse'],
    ['metrics', ['acc', 'mae'], ['acc', 'mae']],
    ['metrics', [['acc', 'mae']], ['acc', 'mae']],
    ['metrics', { a: ['acc'] }, ['acc']]
  ])('reads %s of one output: %j', (argument, value, part) => {
    expect(partsOf(properties[argument], value, ['a'])).toEqual([part]);
  });

  it.each<[JSONObject, string, JSONValue | undefined, JSONObject]>([
    [{}, 'loss', 'mae', { loss: { kind: null, price: 'mae' } }],
    [{ loss: 'mse' }, 'loss', 'mae', { loss: { kind: 'mse', price: 'mae' } }],
    [{ loss: ['mse', MAE] }, 'loss', 'mae', { loss: ['mse', 'mae'] }],
    [{}, 'metrics', ['mae'], { metrics: { price: ['mae'] } }],
    [{ metrics: [['acc'], null] }, 'metrics', [], { metrics: [['acc'], []] }],
    [{ metrics: { price: ['mae'] } }, 'metrics', [], { metrics: undefined! }],
    // One loss for all has no weights of outputs: Keras takes them for weights of that one.
    [
      { loss: MAE },
      'loss_weights',
      0.5,
      {
        loss: { kind: MAE, price: MAE },
        loss_weights: { kind: 1, price: 0.5 }
      }
    ]
  ])(
    'writes %j with %s of the second: %j',
    (config, argument, part, written) => {
      expect(withPart(properties, config, NAMES, argument, 1, part)).toEqual(
        written
      );
    }
  );

  it('writes a list where two outputs have one name', () => {
    const twice = ['out', 'out'];
    expect(withPart(properties, {}, twice, 'loss', 1, 'mse')).toEqual({
      loss: [null, 'mse']
    });
  });
});
