import type { JSONObject } from '@lumino/coreutils';
import type { INode } from '../../../core';
import { entry } from '../../__tests__/models';
import { CATALOG } from '../../training/__tests__/editor';
import { formatShape, missingIn, summarize } from '../summary';

function node(class_name: string, config: JSONObject): INode {
  return {
    id: 'layer:0',
    layer: 'layer',
    call: 0,
    calls: 1,
    values: [],
    class_name,
    module: 'keras.layers',
    registered_name: null,
    config: { name: 'layer', ...config },
    outputs: 1,
    isInput: false,
    isOutput: false
  };
}

const object = (class_name: string) => ({
  module: 'keras.initializers',
  class_name,
  config: {},
  registered_name: null
});

describe('what a card says about a layer', () => {
  it.each<[string, JSONObject, string]>([
    ['Dense', { units: 64, activation: 'relu' }, '64 · relu'],
    ['Dense', { units: 64, activation: 'linear', use_bias: true }, '64'],
    ['Dense', { units: 64, use_bias: false }, '64 · use_bias=False'],
    [
      'Conv2D',
      { filters: 32, kernel_size: [3, 3], strides: [1, 1] },
      '32 · 3×3'
    ],
    [
      'Conv2D',
      { filters: 32, kernel_size: 3, strides: [2, 2], padding: 'same' },
      '32 · 3 · strides=2×2'
    ],
    [
      'Conv2D',
      { filters: 8, kernel_size: 1, data_format: 'channels_last' },
      '8 · 1'
    ],
    ['Dropout', { rate: 0.5 }, '0.5'],
    ['LSTM', { units: 8, return_sequences: true }, '8 · return_sequences'],
    ['InputLayer', { batch_shape: [null, 28, 28] }, '(None, 28, 28)'],
    ['Dense', { units: 4, kernel_initializer: object('GlorotUniform') }, '4'],
    ['Dense', { units: 4, kernel_regularizer: object('L2') }, '4 · L2'],
    ['MaxPooling2D', { pool_size: [2, 2], strides: null }, '']
  ])('%s %j: %s', (class_name, config, text) => {
    const layer = node(class_name, config);
    expect(summarize(layer, entry(class_name)).join(' · ')).toBe(text);
  });

  it('names the arguments that the layer needs', () => {
    const missing = (class_name: string, config: JSONObject) =>
      missingIn(node(class_name, config), entry(class_name), CATALOG);
    expect(missing('Conv2D', {})).toEqual(['filters', 'kernel_size']);
    expect(missing('Dense', { units: 1 })).toEqual([]);
    expect(missing('Bidirectional', {})).toEqual(['layer']);
    const lstm = object('LSTM');
    expect(missing('Bidirectional', { layer: lstm })).toEqual(['layer.units']);
  });

  it('has what a call needs besides tensors, as in Python', () => {
    const getItem = CATALOG.layer('GetItem', 'GetItem');
    const about = (values: INode['values']) => {
      const item = { ...node('GetItem', {}), values };
      return [summarize(item, getItem), missingIn(item, getItem, CATALOG)];
    };
    expect(about([])).toEqual([[], ['key']]);
    expect(about([['1', 0]])).toEqual([['[0]'], []]);
    expect(about([['key', [null, -1]]])).toEqual([['[None, -1]'], []]);
  });

  it('says nothing of a class that it does not know', () => {
    expect(summarize(node('Mine', { a: 1 }), undefined)).toEqual([]);
  });
});

describe('formatShape', () => {
  it('writes shapes as Keras prints them', () => {
    expect(formatShape([null, 10])).toBe('(None, 10)');
    expect(formatShape([3])).toBe('(3,)');
    expect(formatShape([])).toBe('()');
  });
});
