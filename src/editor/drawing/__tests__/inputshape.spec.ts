import { english } from '../../../core';
import { entry } from '../../__tests__/models';
import { sampleEntry, sampleValues, withBatchShape } from '../inputshape';

describe('the form of an Input', () => {
  it('asks for the shape of one sample, and for the batch size under More', () => {
    const { schema } = sampleEntry(entry('InputLayer'), english);
    expect(Object.keys(schema.properties)[0]).toBe('shape');
    expect(schema.required).toEqual(['shape']);
    expect(schema.properties.batch_shape).toBeUndefined();
    expect(schema.properties.batch_size['x-rare']).toBe(true);
    expect(sampleEntry(entry('Dense'), english)).toBe(entry('Dense'));
  });

  it('stores what is set as the batch_shape of Keras', () => {
    expect(withBatchShape({ shape: [8, 8, 1] }, { name: 'x' })).toEqual({
      batch_shape: [null, 8, 8, 1]
    });
    const config = { name: 'x', batch_shape: [null, 8] };
    expect(withBatchShape({ batch_size: 32 }, config)).toEqual({
      batch_shape: [32, 8]
    });
    expect(
      withBatchShape({ batch_size: undefined }, { batch_shape: [32, 8] })
    ).toEqual({ batch_shape: [null, 8] });
    expect(withBatchShape({ shape: undefined }, config)).toEqual({
      batch_shape: undefined
    });
    expect(withBatchShape({ dtype: 'int32' }, config)).toEqual({
      dtype: 'int32'
    });
  });

  it('shows what a file has', () => {
    expect(sampleValues({ name: 'x', batch_shape: [null, 8, null] })).toEqual({
      name: 'x',
      shape: [8, null]
    });
    expect(sampleValues({ batch_shape: [4] })).toEqual({
      shape: [],
      batch_size: 4
    });
  });
});
