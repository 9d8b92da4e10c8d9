/** The shape of an Input as people think of it: that of one sample. Keras stores it behind the batch size. */
import type { JSONObject, JSONValue } from '@lumino/coreutils';
import type { ILayerEntry, ITranslation } from '../../core';

/** Arguments by name; `undefined` is back to Keras' default. */
type Arguments = { [name: string]: JSONValue | undefined };

/** An Input's arguments for a form: the shape of one sample, and the batch size among what is rarely set. */
export function sampleEntry(
  entry: ILayerEntry,
  trans: ITranslation
): ILayerEntry {
  const { batch_shape, ...others } = entry.schema.properties;
  if (entry.class_name !== 'InputLayer' || !batch_shape) {
    return entry;
  }
  return {
    ...entry,
    schema: {
      ...entry.schema,
      required: ['shape'],
      properties: {
        shape: {
          ...batch_shape,
          description: trans.__(
            'Shape of one sample, without the batch: `28, 28, 1` for grayscale images of 28 x 28 pixels, `4` for four numbers. Use `None` for a size that varies, such as a sequence length.'
          )
        },
        ...others,
        batch_size: {
          type: ['integer', 'null'],
          default: null,
          'x-rare': true,
          description: trans.__(
            'Number of samples in each batch, where it has to be fixed. Usually `None`.'
          )
        }
      }
    }
  };
}

/** The config of an Input with these arguments. */
export function sampleValues(config: JSONObject): JSONObject {
  const { batch_shape, ...others } = config;
  if (!Array.isArray(batch_shape)) {
    return others;
  }
  const [batch_size = null, ...shape] = batch_shape;
  return { ...others, shape, ...(batch_size !== null && { batch_size }) };
}

/** A change of these arguments as a change of an Input's config. */
export function withBatchShape(
  changed: Arguments,
  config: JSONObject
): Arguments {
  const { shape, batch_size, ...others } = changed;
  if (!('shape' in changed) && !('batch_size' in changed)) {
    return changed;
  }
  const before = sampleValues(config);
  const sample = 'shape' in changed ? shape : before.shape;
  const batch = 'batch_size' in changed ? batch_size : before.batch_size;
  return {
    ...others,
    batch_shape: Array.isArray(sample) ? [batch ?? null, ...sample] : undefined
  };
}
