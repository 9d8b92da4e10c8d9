import type { JSONValue } from '@lumino/coreutils';
import { english, type IArgumentSchema, type ILayerEntry } from '../../../core';
import { CATALOG } from '../../training/__tests__/editor';
import { codecOf, parseText } from '../codec';
import { fieldOf } from '../formschema';

const parse = (schema: IArgumentSchema, text: string) =>
  parseText(codecOf(schema, english), text);

const argument = (layer: string, name: string): IArgumentSchema =>
  CATALOG.layer(layer)!.schema.properties[name];

const textArguments = CATALOG.entries.flatMap((entry: ILayerEntry) =>
  Object.entries(entry.schema.properties)
    .filter(([, schema]) => fieldOf(schema) === 'text')
    .map(([name, schema]) => [`${entry.class_name}.${name}`, schema] as const)
);

/** Arguments that are written as JSON, and why no other control can be made of what Keras says. */
const JSON_ARGUMENTS = {
  'Lambda.function': 'code',
  'Lambda.mask': 'code',
  'Lambda.arguments': 'what the code takes',
  'FlaxLayer.module': 'code',
  'FlaxLayer.method': 'code',
  'JaxLayer.call_fn': 'code',
  'JaxLayer.init_fn': 'code',
  'JaxLayer.native_serialization_platforms': 'a layer of code',
  'TorchModuleWrapper.module': 'code',
  'TFSMLayer.call_training_endpoint': 'nothing is said of it',
  'Dense.quantization_config': 'written by Keras as it quantizes weights',
  'EinsumDense.quantization_config': 'written by Keras as it quantizes weights',
  'EinsumDense.gptq_unpacked_column_size':
    'written by Keras as it quantizes weights',
  'Embedding.quantization_config': 'written by Keras as it quantizes weights',
  'ReversibleEmbedding.logit_soft_cap': 'nothing is said of its type',
  'BatchNormalization.renorm_clipping': 'a dictionary of numbers',
  'Hashing.mask_value': 'a text or a number, as the data are',
  'Norm.ord': 'a number, or the name of a norm'
};

describe('the text of an argument', () => {
  it('holds every default of every layer of Keras, so that it can be read back', () => {
    const lost = textArguments.filter(([, schema]) => {
      const standard = schema.default as JSONValue | undefined;
      if (standard === undefined || standard === null) {
        return false;
      }
      const text = codecOf(schema, english).format(standard);
      const parsed = parse(schema, text);
      return (
        'problem' in parsed ||
        JSON.stringify(parsed.value) !== JSON.stringify(standard)
      );
    });
    expect(lost.map(([name]) => name)).toEqual([]);
  });

  it('is JSON only where Keras says nothing else of it', () => {
    const json = textArguments
      .filter(([, schema]) => schema['x-keras'] === 'json')
      .map(([name]) => name);
    expect(json.sort()).toEqual(Object.keys(JSON_ARGUMENTS).sort());
    const objects = [
      'optimizers',
      'initializers',
      'regularizers',
      'constraints'
    ] as const;
    const others = objects
      .flatMap(kind => CATALOG.catalog[kind])
      .flatMap(({ schema }) => Object.entries(schema.properties))
      .filter(([, schema]) => schema['x-keras'] === 'json');
    expect(others.map(([name]) => name)).toEqual([]);
  });

  it('takes no JSON with which the document could not be opened again', () => {
    const json = argument('BatchNormalization', 'renorm_clipping');
    expect(parse(json, '{"units": 1}')).toEqual({ value: { units: 1 } });
    expect(parse(json, '{"__proto__": 1}')).toEqual({
      problem: expect.stringContaining('__proto__')
    });
    expect(parse(json, '['.repeat(60) + ']'.repeat(60))).toEqual({
      problem: expect.stringContaining('nested')
    });
  });

  it('leaves an argument to Keras where it is empty', () => {
    expect(parse(argument('Dense', 'units'), ' ')).toEqual({
      value: undefined
    });
  });

  it.each<[string, string, string, JSONValue]>([
    ['Dense', 'units', '64', 64],
    ['Dropout', 'rate', '0.25', 0.25],
    ['Conv2D', 'kernel_size', '3', 3],
    ['Conv2D', 'kernel_size', '3, 5', [3, 5]],
    ['InputLayer', 'batch_shape', 'None, 28, 28, 1', [null, 28, 28, 1]],
    ['Reshape', 'target_shape', '7, 7, 64', [7, 7, 64]],
    ['Reshape', 'target_shape', '10', [10]],
    [
      'ZeroPadding2D',
      'padding',
      '(1, 1), (2, 2)',
      [
        [1, 1],
        [2, 2]
      ]
    ],
    ['MaxPooling2D', 'strides', 'None', null],
    ['Dense', 'dtype', 'mixed_float16', 'mixed_float16'],
    ['EinsumDense', 'equation', 'ab,bc->ac', 'ab,bc->ac'],
    [
      'TimeDistributed',
      'layer',
      '{"class_name": "Dense"}',
      { class_name: 'Dense' }
    ]
  ])('of %s.%s is read from %s', (layer, name, text, value) => {
    expect(parse(argument(layer, name), text)).toEqual({ value });
  });

  it.each([
    ['Dense', 'units', 'many', 'a whole number'],
    ['Dense', 'units', '0', '1 or more'],
    ['Dense', 'units', '2.5', 'a whole number'],
    ['Dense', 'units', '3, 3', 'a whole number'],
    ['Conv2D', 'kernel_size', '3, 3, 3', 'at most 2'],
    ['LSTM', 'dropout', '1.5', 'from 0 to 1'],
    ['Conv2D', 'kernel_size', '3, None', 'whole numbers'],
    ['InputLayer', 'batch_shape', 'big', 'a shape'],
    ['RandomContrast', 'factor', 'a', '0.1, 0.2'],
    ['TimeDistributed', 'layer', '{', 'JSON']
  ])(
    'of %s.%s is refused as %s, with the reason',
    (layer, name, text, reason) => {
      expect(parse(argument(layer, name), text)).toEqual({
        problem: expect.stringContaining(reason)
      });
    }
  );

  it('has several texts one a line', () => {
    const words = argument('StringLookup', 'vocabulary');
    const codec = codecOf(words, english);
    expect(parse(words, '[UNK]\n new york \n\n')).toEqual({
      value: ['[UNK]', ' new york ']
    });
    expect(codec.format(['a', 'b'])).toBe('a\nb');
    const odd = ['a\nb', ''];
    expect(parse(words, codec.format(odd))).toEqual({ value: odd });
  });

  it('takes an object where the argument may be one, and shows one anywhere', () => {
    const rate = CATALOG.catalog.optimizers[0].schema.properties.learning_rate;
    const schedule = { class_name: 'ExponentialDecay', config: {} };
    const text = codecOf(rate, english).format(schedule);
    expect(parse(rate, text)).toEqual({ value: schedule });
    expect(parse(argument('Dense', 'units'), text)).toHaveProperty('problem');
    expect(parse(rate, '0.01')).toEqual({ value: 0.01 });
  });
});
