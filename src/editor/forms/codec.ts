/** How the value of an argument is shown in a line of text, and read back. */
import {
  isObject,
  formatIndex,
  parseIndex,
  parseValue,
  type IArgumentSchema,
  type ITranslation
} from '../../core';
import { accepts, acceptsNumbers } from './accepts';
import { numberCodec } from './numbercodec';
import type { ICodec, Parsed } from './fieldprops';

/** The codec that fits an argument's schema. */
export function codecOf(schema: IArgumentSchema, trans: ITranslation): ICodec {
  const kind = schema['x-keras'];
  if (kind === 'json') {
    return jsonCodec(trans);
  }
  if (kind === 'strings') {
    return linesCodec(trans);
  }
  if (kind === 'variable') {
    return variableCodec(trans);
  }
  if (kind === 'index') {
    return indexCodec(trans);
  }
  const codec = acceptsNumbers(schema)
    ? numberCodec(schema, trans)
    : accepts(schema, 'string')
      ? stringCodec(schema, trans)
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

function stringCodec(schema: IArgumentSchema, trans: ITranslation): ICodec {
  const json = jsonCodec(trans);
  return {
    format: value =>
      Array.isArray(value)
        ? json.format(value)
        : value === null
          ? 'None'
          : String(value),
    parse: text => ({
      value: accepts(schema, 'null') && text === 'None' ? null : text
    })
  };
}

/** A name that a cell can use; Python takes letters of every script. */
function variableCodec(trans: ITranslation): ICodec {
  return {
    format: String,
    parse: text =>
      /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text.trim())
        ? { value: text.trim() }
        : {
            problem: trans.__(
              'Expected a Python name such as model, received: %1',
              text
            )
          }
  };
}

/** Several texts, one a line; as JSON where one of them is no line. */
function linesCodec(trans: ITranslation): ICodec {
  const json = jsonCodec(trans);
  const isLine = (item: unknown) =>
    typeof item === 'string' && /^[^\r\n]*\S[^\r\n]*$/.test(item);
  return {
    format: value =>
      Array.isArray(value) && value.every(isLine)
        ? value.join('\n')
        : value === null
          ? ''
          : json.format(value),
    parse: text =>
      /^\s*\[\s*"/.test(text)
        ? json.parse(text)
        : { value: text.split(/\r?\n/).filter(isLine) }
  };
}

/** What stands in brackets in Python, as `:, 0`. */
function indexCodec(trans: ITranslation): ICodec {
  return {
    format: value => formatIndex(value) ?? jsonCodec(trans).format(value),
    parse: text => {
      const value = parseIndex(text);
      return value === undefined
        ? {
            problem: trans.__(
              'Expected an index as in Python, like ":, 0" or "..., 1:-1", received: %1',
              text
            )
          }
        : { value };
    }
  };
}

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
