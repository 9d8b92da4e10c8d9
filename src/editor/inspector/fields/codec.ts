/** How the value of an argument is shown in a line of text, and read back. */
import type { JSONValue } from '@lumino/coreutils';
import type { IArgumentSchema, ITranslation } from '../../../core';
import { formatSequence, parseSequence, type Sequence } from './sequence';

/** A value that was read; `undefined` leaves the argument at Keras' default. */
export type Parsed = { value: JSONValue | undefined } | { problem: string };

/** One way to write values as text. */
export interface ICodec {
  format(value: JSONValue): string;
  /** Reads a text that is not empty. */
  parse(text: string): Parsed;
}

/** Whether a value of this JSON type is accepted. */
export function accepts(schema: IArgumentSchema, type: string): boolean {
  return Array.isArray(schema.type)
    ? schema.type.includes(type as never)
    : schema.type === type;
}

/** The codec that fits an argument's schema. */
export function codecOf(schema: IArgumentSchema, trans: ITranslation): ICodec {
  const kind = schema['x-keras'];
  if (kind === 'dtype') {
    return dtypeCodec;
  }
  if (kind === 'ints' || kind === 'shape' || accepts(schema, 'array')) {
    return kind === 'layers' ? jsonCodec(trans) : sequenceCodec(schema, trans);
  }
  if (accepts(schema, 'integer') || accepts(schema, 'number')) {
    return sequenceCodec(schema, trans);
  }
  return accepts(schema, 'string') ? stringCodec(schema) : jsonCodec(trans);
}

/** Reads a text as a codec does; an empty one means the default. */
export function parseText(codec: ICodec, text: string): Parsed {
  return text.trim() === '' ? { value: undefined } : codec.parse(text);
}

function stringCodec(schema: IArgumentSchema): ICodec {
  return {
    format: value => (value === null ? 'None' : String(value)),
    parse: text => ({
      value: accepts(schema, 'null') && text === 'None' ? null : text
    })
  };
}

/** A dtype, or the name of a dtype policy. */
const dtypeCodec: ICodec = {
  format: value => {
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      const config = value.config as { name?: JSONValue } | undefined;
      return String(config?.name ?? value.class_name ?? '');
    }
    return value === null ? '' : String(value);
  },
  parse: text => ({ value: text.trim() === 'None' ? null : text.trim() })
};

function jsonCodec(trans: ITranslation): ICodec {
  return {
    format: value => JSON.stringify(value, null, 2),
    parse: text => {
      try {
        return { value: JSON.parse(text) as JSONValue };
      } catch (reason) {
        return {
          problem: trans.__('Expected JSON: %1', (reason as Error).message)
        };
      }
    }
  };
}

/** Numbers: one, or several where the schema has an array. */
function sequenceCodec(schema: IArgumentSchema, trans: ITranslation): ICodec {
  const array = accepts(schema, 'array') || schema['x-keras'] === 'shape';
  const scalar = accepts(schema, 'integer') || accepts(schema, 'number');
  const items = schema.items as IArgumentSchema | undefined;
  const whole = array
    ? !/"number"/.test(JSON.stringify(items?.type ?? 'integer'))
    : accepts(schema, 'integer') && !accepts(schema, 'number');
  const none = !!items && accepts(items, 'null');
  const example = array
    ? none
      ? 'None, 28, 28, 1'
      : scalar
        ? '3 / 3, 3'
        : '3, 3'
    : whole
      ? '3'
      : '0.5';
  const fail = (text: string): Parsed => ({
    problem: whole
      ? trans.__('Expected whole numbers like %1, received: %2', example, text)
      : trans.__('Expected numbers like %1, received: %2', example, text)
  });

  return {
    format: value =>
      Array.isArray(value) && value.length === 1 && !scalar
        ? formatSequence((value as Sequence[])[0])
        : formatSequence(value as Sequence),
    parse: text => {
      let value: Sequence;
      try {
        value = parseSequence(text);
      } catch {
        return fail(text);
      }
      if (value === null && accepts(schema, 'null')) {
        return { value: null };
      }
      if (!Array.isArray(value) && !scalar) {
        value = [value];
      }
      if (Array.isArray(value) && !array) {
        return fail(text);
      }
      if (!numbers(value).every(item => fits(item, whole, none))) {
        return fail(text);
      }
      const { minimum, maximum, maxItems } = schema;
      if (
        typeof value === 'number' &&
        ((minimum !== undefined && value < minimum) ||
          (maximum !== undefined && value > maximum))
      ) {
        return {
          problem:
            maximum === undefined
              ? trans.__('Expected %1 or more, received: %2', minimum!, value)
              : trans.__(
                  'Expected a number from %1 to %2, received: %3',
                  minimum ?? '-∞',
                  maximum,
                  value
                )
        };
      }
      if (Array.isArray(value) && value.length > (maxItems ?? Infinity)) {
        return {
          problem: trans.__(
            'Expected at most %1 numbers, received: %2',
            maxItems!,
            text
          )
        };
      }
      return { value };
    }
  };
}

function numbers(value: Sequence): (number | null)[] {
  return Array.isArray(value) ? value.flatMap(numbers) : [value];
}

function fits(item: number | null, whole: boolean, none: boolean): boolean {
  return item === null
    ? none
    : whole
      ? Number.isSafeInteger(item)
      : Number.isFinite(item);
}
