/** Numbers and tuples of numbers as text. */
import type { IArgumentSchema, ITranslation } from '../../core';
import { accepts } from './accepts';
import { formatSequence, parseSequence, type Sequence } from './sequence';
import type { ICodec, Parsed } from './fieldprops';

/** What an argument's schema lets its numbers be. */
interface INumberRules {
  /** A number alone. */
  scalar: boolean;
  /** Several. */
  array: boolean;
  whole: boolean;
  /** None in a tuple, as the batch size of a shape. */
  none: boolean;
}

/** One number, or several where the schema has an array. */
export function numberCodec(
  schema: IArgumentSchema,
  trans: ITranslation
): ICodec {
  const rules = rulesOf(schema);
  return {
    format: value =>
      Array.isArray(value) && value.length === 1 && !rules.scalar
        ? formatSequence((value as Sequence[])[0])
        : formatSequence(value as Sequence),
    parse: text => {
      const value = read(text, rules);
      if (value === null && accepts(schema, 'null')) {
        return { value };
      }
      const fits =
        value !== undefined &&
        (rules.array || !Array.isArray(value)) &&
        numbersIn(value).every(item => isAccepted(item, rules));
      return fits
        ? withinBounds(value, schema, trans)
        : { problem: expectation(text, rules, trans) };
    }
  };
}

function rulesOf(schema: IArgumentSchema): INumberRules {
  const items = schema.items as IArgumentSchema | undefined;
  return {
    scalar: accepts(schema, 'integer') || accepts(schema, 'number'),
    array: accepts(schema, 'array'),
    whole: isWhole(schema),
    none: !!items && accepts(items, 'null')
  };
}

function isWhole(schema: IArgumentSchema): boolean {
  const items = schema.items as IArgumentSchema | undefined;
  return !accepts(schema, 'number') && (!items || isWhole(items));
}

/** The value of a text, undefined where it is neither a number nor a tuple. */
function read(text: string, { scalar }: INumberRules): Sequence | undefined {
  try {
    const value = parseSequence(text);
    return scalar || Array.isArray(value) || value === null ? value : [value];
  } catch {
    return undefined;
  }
}

function numbersIn(value: Sequence): (number | null)[] {
  return Array.isArray(value) ? value.flatMap(numbersIn) : [value];
}

function isAccepted(item: number | null, rules: INumberRules): boolean {
  if (item === null) {
    return rules.none;
  }
  return rules.whole ? Number.isSafeInteger(item) : Number.isFinite(item);
}

function withinBounds(
  value: Sequence,
  { minimum = -Infinity, maximum = Infinity, maxItems }: IArgumentSchema,
  trans: ITranslation
): Parsed {
  if (typeof value === 'number' && (value < minimum || value > maximum)) {
    return {
      problem:
        maximum === Infinity
          ? trans.__('Expected %1 or more, received: %2', minimum, value)
          : trans.__(
              'Expected a number from %1 to %2, received: %3',
              minimum,
              maximum,
              value
            )
    };
  }
  if (Array.isArray(value) && maxItems && value.length > maxItems) {
    return {
      problem: trans.__(
        'Expected at most %1 numbers, received: %2',
        maxItems,
        formatSequence(value)
      )
    };
  }
  return { value };
}

function expectation(
  text: string,
  { array, scalar, whole, none }: INumberRules,
  trans: ITranslation
): string {
  if (none) {
    return trans.__('Expected a shape like "None, 28, 28", received: %1', text);
  }
  if (!array) {
    return whole
      ? trans.__('Expected a whole number, received: %1', text)
      : trans.__('Expected a number, received: %1', text);
  }
  if (!whole) {
    return trans.__('Expected numbers like "0.1, 0.2", received: %1', text);
  }
  return scalar
    ? trans.__('Expected whole numbers like "3" or "3, 3", received: %1', text)
    : trans.__('Expected whole numbers like "3, 3", received: %1', text);
}
