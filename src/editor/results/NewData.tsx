import type { JSONObject, JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import { isObject, type IArgumentsSchema, type IChosenJSON } from '../../core';
import { ArgumentsForm } from '../forms/ArgumentsForm';
import { configOf } from '../forms/kerasobject';
import { useTranslation } from '../host';

/** Chooses a source of new samples; it is not part of the document. */
export function NewData(props: {
  data: IChosenJSON | null;
  onChange(data: IChosenJSON | null): void;
}): JSX.Element {
  const { data, onChange } = props;
  const trans = useTranslation();
  const values = React.useMemo(
    (): JSONObject => (data ? { data: { ...data } } : {}),
    [data]
  );
  return (
    <section className="jp-kerasviz-NewData" aria-label={trans.__('New data')}>
      <ArgumentsForm
        path={NEW_DATA}
        entry={{ schema: SCHEMA }}
        values={values}
        onChange={({ data: value }) => onChange(asSource(value))}
      />
      <p className="jp-kerasviz-Field-note">
        {trans.__(
          'New data is preprocessed like the training data: a table needs the same columns, arrays need the same shape. Targets may be missing.'
        )}
      </p>
    </section>
  );
}

const NEW_DATA = ['results'];

const SCHEMA: IArgumentsSchema = {
  type: 'object',
  properties: { data: { type: 'object', 'x-keras': 'data' } }
};

function asSource(value: JSONValue | undefined): IChosenJSON | null {
  return isObject(value) && typeof value.class_name === 'string'
    ? { class_name: value.class_name, config: configOf(value) }
    : null;
}
