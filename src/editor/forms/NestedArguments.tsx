import type { JSONObject, JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import type {
  IArgumentSchema,
  IArgumentsSchema,
  IClassEntry
} from '../../core';
import { useTranslation } from '../host';
import { labelOf, sameValue } from './kerasobject';
import { ArgumentList } from './ArgumentList';
import { formUiSchema } from './formschema';
import { mirrorsOf } from './mirrors';
import type { IArgumentProps } from './fieldprops';
import { Inside } from './tried';

/** Arguments of an object stand under this key. */
const CONFIG = ['config'];
const NAME: IArgumentSchema = { type: 'string' };

export interface INestedArgumentsProps {
  /** Id of the control that chose the class. */
  id: string;
  entry: IClassEntry;
  config: JSONObject;
  /** A layer, which has a name besides its arguments. */
  isLayer: boolean;
  registry: IArgumentProps['registry'];
  onChange(config: JSONObject): void;
}

/** The form of an object inside an argument. */
export function NestedArguments(
  props: INestedArgumentsProps
): JSX.Element | null {
  const { id, entry, config, isLayer, registry } = props;
  const trans = useTranslation();
  const { SchemaField } = registry.fields;
  const { required = [] } = entry.schema;
  const properties: IArgumentsSchema['properties'] = React.useMemo(
    () => ({ ...(isLayer && { name: NAME }), ...entry.schema.properties }),
    [entry, isLayer]
  );
  const uiSchema = formUiSchema(properties);
  // rjsf does not render a control again if only its handlers changed: they must look up the current values.
  const latest = React.useRef(props);
  latest.current = props;
  const names = Object.keys(properties);
  if (names.length === 0) {
    return null;
  }
  const isSet = names.some(
    name =>
      config[name] !== undefined &&
      !sameValue(
        config[name],
        properties[name].default as JSONValue | undefined
      )
  );
  // What must be set is looked for, and so is a learning rate.
  const isLookedFor =
    required.length > 0 ||
    names.some(name => properties[name]['x-keras'] === 'schedule');
  return (
    <details
      className="jp-kerasviz-Field-nested"
      open={isLayer || isSet || isLookedFor}
    >
      <summary>{trans.__('Arguments of %1', labelOf(entry))}</summary>
      <Inside keys={CONFIG}>
        <ArgumentList
          items={names.map(name => ({
            schema: properties[name],
            value: config[name],
            content: (
              <SchemaField
                key={`${entry.class_name}.${name}`}
                name={name}
                schema={properties[name]}
                uiSchema={uiSchema[name]}
                idSchema={{ $id: `${id}_${name}` }}
                formData={config[name]}
                required={required.includes(name)}
                registry={registry}
                onBlur={ignore}
                onFocus={ignore}
                onChange={(changed: JSONValue | undefined) =>
                  latest.current.onChange(
                    withValue(latest.current, name, changed)
                  )
                }
              />
            )
          }))}
        />
      </Inside>
    </details>
  );
}

/** The arguments with one set; `undefined` takes it out. */
function withValue(
  { entry, config }: INestedArgumentsProps,
  name: string,
  value: JSONValue | undefined
): JSONObject {
  const dropped = mirrorsOf(entry, config, name);
  const next = { ...config, [name]: value };
  return Object.fromEntries(
    Object.entries(next).filter(
      ([key, item]) => item !== undefined && !dropped.includes(key)
    )
  ) as JSONObject;
}

function ignore(): void {
  // rjsf tells every control's focus to the form; nothing here asks for it.
}
