/** How the value of an argument is shown in a line of text, and read back. */
import {
  parseValue,
  type IArgumentSchema,
  type ITranslation
} from '../../../core';
import { configOf, isObject } from '../../kerasobject';
import { accepts, acceptsNumbers } from './accepts';
import { numberCodec } from './numbercodec';
import type { ICodec, Parsed } from './types';

/** The codec that fits an argument's schema. */
export function codecOf(schema: IArgumentSchema, trans: ITranslation): ICodec {
  const kind = schema['x-keras'];
  if (kind === 'dtype') {
    return dtypeCodec;
  }
  if (kind === 'layers' || kind === 'layer' || kind === 'json') {
    return jsonCodec(trans);
  }
  const codec = acceptsNumbers(schema)
    ? numberCodec(schema, trans)
    : accepts(schema, 'string')
      ? stringCodec(schema)
      : jsonCodec(trans);
  return withObjects(codec, accepts(schema, 'object'), trans);
}

/**
 * Shows a value that the codec does not know as JSON; and reads one, where the argument takes objects, such
 * as a learning rate schedule instead of a number.
 */
function withObjects(
  codec: ICodec,
  objects: boolean,
  trans: ITranslation
): ICodec {
  const json = jsonCodec(trans);
  return {
    format: value => (isObject(value) ? json : codec).format(value),
    parse: text =>
      (objects && text.trimStart().startsWith('{') ? json : codec).parse(text)
  };
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
    if (isObject(value)) {
      return String(configOf(value).name ?? value.class_name ?? '');
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
        return { value: parseValue(text) };
      } catch (reason) {
        return {
          problem: trans.__('Expected JSON: %1', (reason as Error).message)
        };
      }
    }
  };
}
