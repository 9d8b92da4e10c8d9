import type { JSONObject, JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import {
  planOf,
  rangeAt,
  withoutRange,
  withRange,
  type IArgumentSchema,
  type IRangeJSON
} from '../../core';
import { useTranslation } from '../host';
import { useDocument, useModel } from '../hooks';
import { accepts } from './accepts';
import { LineField } from './LineField';
import { formatValues, parseValues } from './listedvalues';
import { PathContext } from './tried';

/** Marks a value of the form to be tried in a sweep, and says which values. */
export function RangeMark(props: {
  name: string;
  schema: IArgumentSchema;
}): JSX.Element | null {
  const { name, schema } = props;
  const trans = useTranslation();
  const { document } = useModel();
  const path = React.useContext(PathContext);
  const model = useDocument(d => d.model);
  const sweep = React.useMemo(() => model && planOf(model).sweep, [model]);
  const range = path ? rangeAt(sweep ?? null, path) : undefined;
  if (!path || !canBeTried(schema)) {
    return null;
  }
  const set = (values: JSONObject) =>
    document.setTraining({
      sweep: withRange(sweep ?? null, { ...values, path: [...path] })
    });
  if (!range) {
    return (
      <button
        type="button"
        className="jp-kerasviz-RangeMark-mark"
        aria-label={trans.__('Try several values of %1', name)}
        onClick={() => set(firstRange(schema))}
      >
        {trans.__('Try several values')}
      </button>
    );
  }
  return (
    <div
      className="jp-kerasviz-RangeMark"
      role="group"
      aria-label={trans.__('Values of %1 to try', name)}
    >
      <RangeFields range={range} isNumber={isNumber(schema)} onChange={set} />
      <button
        type="button"
        className="jp-kerasviz-RangeMark-mark"
        aria-label={trans.__('Try one value of %1 only', name)}
        onClick={() =>
          sweep && document.setTraining({ sweep: withoutRange(sweep, path) })
        }
      >
        {trans.__('Try one value only')}
      </button>
    </div>
  );
}

function RangeFields(props: {
  range: IRangeJSON;
  isNumber: boolean;
  onChange(values: JSONObject): void;
}): JSX.Element {
  const { range, onChange } = props;
  const trans = useTranslation();
  const { values, low, high, log, whole } = range;
  if (Array.isArray(values)) {
    return (
      <>
        <LineField
          label={trans.__('Values, with commas between')}
          value={formatValues(values)}
          onCommit={text => onChange({ values: parseValues(text) })}
        />
        {props.isNumber && (
          <button
            type="button"
            className="jp-kerasviz-RangeMark-mark"
            onClick={() => onChange(between(values, whole === true))}
          >
            {trans.__('From … to')}
          </button>
        )}
      </>
    );
  }
  const number = (text: string): number => {
    const read = Number(text);
    if (text.trim() === '' || !Number.isFinite(read)) {
      throw new Error(trans.__('Expected a number.'));
    }
    return read;
  };
  const set = (changed: JSONObject) =>
    onChange({ low, high, log, whole, ...changed } as JSONObject);
  return (
    <>
      <LineField
        label={trans.__('From')}
        value={String(low)}
        onCommit={text => set({ low: number(text) })}
      />
      <LineField
        label={trans.__('To')}
        value={String(high)}
        onCommit={text => set({ high: number(text) })}
      />
      <label>
        <input
          type="checkbox"
          checked={log === true}
          onChange={() => set({ log: log !== true })}
        />
        {trans.__('over powers of ten')}
      </label>
      <button
        type="button"
        className="jp-kerasviz-RangeMark-mark"
        onClick={() => onChange({ values: [Number(low), Number(high)] })}
      >
        {trans.__('List of values')}
      </button>
    </>
  );
}

/** A value that a person can write on a line. */
function canBeTried(schema: IArgumentSchema): boolean {
  const kind = schema['x-keras'];
  return (
    isNumber(schema) ||
    schema.enum !== undefined ||
    accepts(schema, 'boolean') ||
    kind === 'activation' ||
    kind === 'optimizer' ||
    kind === 'initializer'
  );
}

function isNumber(schema: IArgumentSchema): boolean {
  return accepts(schema, 'number') || accepts(schema, 'integer');
}

/** Values to begin with, which a person then changes. */
function firstRange(schema: IArgumentSchema): JSONObject {
  const standard = schema.default as JSONValue | undefined;
  if (schema['x-keras'] === 'schedule') {
    return { low: 0.0001, high: 0.1, log: true };
  }
  if (schema.enum) {
    return { values: schema.enum.slice(0, 2) as JSONValue[] };
  }
  if (accepts(schema, 'boolean') && !isNumber(schema)) {
    return { values: [true, false] };
  }
  if (schema['x-keras'] === 'activation') {
    return { values: ['relu', 'tanh'] };
  }
  if (schema['x-keras'] === 'optimizer') {
    return { values: ['adam', 'sgd'] };
  }
  if (schema['x-keras'] === 'initializer') {
    return { values: ['glorot_uniform', 'he_normal'] };
  }
  if (accepts(schema, 'integer') && !accepts(schema, 'number')) {
    const first = typeof standard === 'number' ? standard : 16;
    return { values: [first, 2 * first, 4 * first] };
  }
  const first = typeof standard === 'number' && standard > 0 ? standard : 0.5;
  return { values: [first / 2, first] };
}

function between(values: readonly JSONValue[], whole: boolean): JSONObject {
  const numbers = values.filter(
    (value): value is number => typeof value === 'number'
  );
  const isWhole = whole || numbers.every(Number.isInteger);
  return {
    low: Math.min(...numbers),
    high: Math.max(...numbers),
    log: false,
    whole: isWhole
  };
}
