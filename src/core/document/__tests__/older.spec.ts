import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { MODELS, open, source } from '../../__tests__/fixtures';

const FIXTURES = path.resolve('tests/fixtures');
const OLD = readdirSync(path.join(FIXTURES, 'legacy')).filter(file =>
  file.endsWith('.json')
);

/** A Sequential as tf.keras 2 writes it, which is laid out like one of today. */
const SEQUENTIAL = {
  class_name: 'Sequential',
  config: {
    name: 'sequential',
    layers: [
      {
        class_name: 'Dense',
        config: { name: 'dense', batch_input_shape: [null, 4], units: 2 }
      }
    ]
  },
  keras_version: '2.4.0',
  backend: 'tensorflow'
};

describe('a document that is said to be of an older Keras', () => {
  it.each(OLD)('is one: %s', file => {
    const text = readFileSync(path.join(FIXTURES, 'legacy', file), 'utf8');
    expect(open(text).isOlder).toBe(true);
  });

  it('is one that opens', () => {
    const document = open(JSON.stringify(SEQUENTIAL));
    expect(document.error).toBeNull();
    expect(document.isOlder).toBe(true);
  });

  it.each([
    ['a text of a text', JSON.stringify(SEQUENTIAL)],
    ['a config of a file', { model_config: SEQUENTIAL }],
    ['a model of TensorFlow.js', { modelTopology: SEQUENTIAL }],
    ['no version', { ...SEQUENTIAL, keras_version: undefined }]
  ])('is one in any wrapping: %s', (_, value) => {
    expect(open(JSON.stringify(value)).isOlder).toBe(true);
  });

  it.each(MODELS)('is none of today: %s', name => {
    expect(open(source(name)).isOlder).toBe(false);
  });

  it.each([
    ['cut off', JSON.stringify(SEQUENTIAL).slice(0, -9)],
    ['empty', ''],
    ['a package', '{"name": "package", "version": "1.0"}'],
    ['a list', '[1, 2]'],
    [
      'a layer without calls',
      source('mlp').replaceAll('"inbound_nodes"', '"x"')
    ]
  ])('is none that only can’t be read: %s', (_, text) => {
    const document = open(text);
    expect(document.isOlder).toBe(false);
    if (text !== '') {
      expect(document.error).not.toBeNull();
    }
  });
});
