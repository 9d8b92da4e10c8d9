import type { JSONObject, JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import type { IClassEntry, ICatalog, KerasKind } from '../../../core';
import { useTranslation } from '../../host';
import { useModelState } from '../../hooks';
import {
  configOf,
  entryOf,
  nameOf,
  sameValue,
  serialized
} from '../../kerasobject';
import { accepts } from './accepts';
import { formUiSchema } from './formschema';
import type { IArgumentProps } from './types';

/** An initializer, regularizer or constraint: the choice of its class, and the form of its arguments. */
export function ObjectArgument(props: IArgumentProps): JSX.Element {
  const { schema, formData, idSchema, onChange, registry } = props;
  const trans = useTranslation();
  const { SchemaField } = registry.fields;
  const catalog = useModelState(['catalog'], m => m.catalog.catalog);
  const entries = entriesOf(catalog, schema['x-keras']);
  const value = formData ?? (schema.default as JSONValue | undefined);
  const entry = entryOf(entries, value);
  const config = configOf(value);
  const { properties = {}, required = [] } = entry?.schema ?? {};
  const uiSchema = formUiSchema(properties);
  const isSet = Object.entries(properties).some(
    ([name, { default: standard }]) =>
      config[name] !== undefined &&
      !sameValue(config[name], standard as JSONValue | undefined)
  );

  return (
    <>
      <select
        id={idSchema.$id}
        className="jp-mod-styled"
        value={entry?.class_name ?? ''}
        onChange={event => {
          const chosen = entries.find(
            ({ class_name }) => class_name === event.target.value
          );
          onChange(chosen ? serialized(chosen, {}) : null);
        }}
      >
        {value !== null && value !== undefined && !entry && (
          <option value="">{nameOf(value)}</option>
        )}
        {accepts(schema, 'null') && (
          <option value="None">{nameOf(null)}</option>
        )}
        {entries.map(({ class_name, summary }) => (
          <option key={class_name} value={class_name} title={summary}>
            {class_name}
          </option>
        ))}
      </select>
      {entry && Object.keys(properties).length > 0 && (
        <details className="jp-kerasviz-Field-nested" open={isSet}>
          <summary>{trans.__('Arguments of %1', entry.class_name)}</summary>
          {Object.entries(properties).map(([name, argument]) => (
            <SchemaField
              key={`${entry.class_name}.${name}`}
              name={name}
              schema={argument}
              uiSchema={uiSchema[name]}
              idSchema={{ $id: `${idSchema.$id}_${name}` }}
              formData={config[name]}
              required={required.includes(name)}
              registry={registry}
              onBlur={ignore}
              onFocus={ignore}
              onChange={(changed: JSONValue | undefined) =>
                onChange(serialized(entry, withValue(config, name, changed)))
              }
            />
          ))}
        </details>
      )}
    </>
  );
}

function entriesOf(
  catalog: ICatalog,
  kind: KerasKind | undefined
): readonly IClassEntry[] {
  switch (kind) {
    case 'regularizer':
      return catalog.regularizers;
    case 'constraint':
      return catalog.constraints;
    default:
      return catalog.initializers;
  }
}

function withValue(
  config: JSONObject,
  name: string,
  value: JSONValue | undefined
): JSONObject {
  const { [name]: _, ...others } = config;
  return value === undefined ? others : { ...others, [name]: value };
}

function ignore(): void {
  // rjsf tells every control's focus to the form; nothing here asks for it.
}
