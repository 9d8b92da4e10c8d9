import type { JSONObject, JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import {
  isObject,
  partsOf,
  withPart,
  type IArgumentSchema,
  type ICompileValues
} from '../../core';
import { ArgumentsForm } from '../forms/ArgumentsForm';
import { useTranslation } from '../host';

export interface IOutputsFormProps {
  /** The arguments of `compile` that can say something else for each output. */
  schemas: { [argument: string]: IArgumentSchema };
  /** Where `config` stands in the document. */
  path: readonly string[];
  /** `compile_config`. */
  config: JSONObject;
  /** The outputs of the model. */
  names: readonly string[];
  onChange(changed: ICompileValues): void;
}

/** Losses, their weights and metrics: the form of one output, for each of them. */
export function OutputsForm(props: IOutputsFormProps): JSX.Element {
  const { schemas, config, names, onChange } = props;
  const trans = useTranslation();
  const entry = React.useMemo(
    () => ({ schema: { type: 'object' as const, properties: schemas } }),
    [schemas]
  );
  return (
    <>
      {names.map((name, at) => {
        const form = (
          <ArgumentsForm
            key={at}
            path={props.path}
            keys={argument => keysAt(argument, config[argument], names, at)}
            entry={entry}
            values={valuesAt(schemas, config, names, at)}
            onChange={changed =>
              onChange(
                Object.entries(changed).reduce<ICompileValues>(
                  (all, [argument, value]) => ({
                    ...all,
                    ...withPart(
                      schemas,
                      { ...config, ...all } as JSONObject,
                      names,
                      argument,
                      at,
                      value
                    )
                  }),
                  {}
                )
              )
            }
          />
        );
        return names.length === 1 ? (
          form
        ) : (
          <fieldset key={at} className="jp-kerasviz-Output" data-output={name}>
            <legend>{trans.__('Output %1', name)}</legend>
            {form}
          </fieldset>
        );
      })}
    </>
  );
}

/** What the form of one output shows. */
function valuesAt(
  schemas: IOutputsFormProps['schemas'],
  config: JSONObject,
  names: readonly string[],
  at: number
): JSONObject {
  const values = Object.entries(schemas).map(([argument, schema]) => [
    argument,
    partsOf(schema, config[argument], names)?.[at]
  ]);
  return Object.fromEntries(
    values.filter(([, value]) => value !== undefined)
  ) as JSONObject;
}

/** Where the value of one output stands in `compile_config`; null where there is none by itself. */
function keysAt(
  argument: string,
  value: JSONValue | undefined,
  names: readonly string[],
  at: number
): string[] | null {
  if (isObject(value) && !('class_name' in value)) {
    return [argument, names[at]];
  }
  if (names.length === 1) {
    return [argument];
  }
  return Array.isArray(value) ? [argument, String(at)] : null;
}
