import type { JSONObject, JSONValue } from '@lumino/coreutils';
import type { RegistryFieldsType } from '@rjsf/utils';
import * as React from 'react';
import { withRequiredDefaults, type IClassEntry } from '../../core';
import { useHost } from '../host';
import { sameValue } from './kerasobject';
import { ArgumentTemplate } from './ArgumentTemplate';
import { ArgumentsTemplate, FlatTemplate } from './ArgumentsTemplate';
import { ChoiceArgument } from './ChoiceArgument';
import { ColumnNameArgument } from './ColumnNameArgument';
import { ColumnNamesArgument } from './ColumnNamesArgument';
import { DevicesArgument } from './DevicesArgument';
import { DtypeArgument } from './DtypeArgument';
import { FlagArgument } from './FlagArgument';
import { formUiSchema, type ArgumentField } from './formschema';
import { mirrorsOf } from './mirrors';
import { ObjectArgument } from './ObjectArgument';
import { ObjectsArgument } from './ObjectsArgument';
import { PathArgument } from './PathArgument';
import { RunPathArgument } from './RunPathArgument';
import { ScheduleArgument } from './ScheduleArgument';
import { KeysContext, PathContext, type KeysOf } from './tried';
import { TextArgument } from './TextArgument';
import { VariableNameArgument } from './VariableNameArgument';

const FIELDS: Record<ArgumentField, unknown> = {
  text: TextArgument,
  choice: ChoiceArgument,
  devices: DevicesArgument,
  dtype: DtypeArgument,
  flag: FlagArgument,
  object: ObjectArgument,
  objects: ObjectsArgument,
  schedule: ScheduleArgument,
  path: PathArgument,
  column_name: ColumnNameArgument,
  column_names: ColumnNamesArgument,
  variable_name: VariableNameArgument,
  run_path: RunPathArgument
};

const TEMPLATES = {
  FieldTemplate: ArgumentTemplate,
  ObjectFieldTemplate: ArgumentsTemplate
};

const FLAT_TEMPLATES = {
  FieldTemplate: ArgumentTemplate,
  ObjectFieldTemplate: FlatTemplate
};

/** Keras' defaults are shown; only what a person sets is written. */
const NO_DEFAULTS = { emptyObjectFields: 'skipDefaults' } as const;

export interface IArgumentsFormProps {
  /** The class whose arguments these are, or what has a schema like one. */
  entry: Pick<IClassEntry, 'schema'>;
  /** The config, which may hold more than the arguments. */
  values: JSONObject;
  /** Takes the arguments that changed; `undefined` is back to Keras' default. */
  onChange(changed: { [name: string]: JSONValue | undefined }): void;
  /** Where the values stand in the document, so that a sweep can try others; absent where it can't. */
  path?: readonly string[];
  /** Where each argument stands under `path`, if not under its name. */
  keys?: KeysOf;
  /** Shows what is rarely set like the rest, instead of folding it away. */
  isFlat?: boolean;
  /** What is rarely set is called so, where more than one form is near. */
  more?: string;
}

/** The form of a class: one control for each argument, made from its schema. */
export function ArgumentsForm(props: IArgumentsFormProps): JSX.Element {
  const { entry, values, onChange, more } = props;
  const { Form } = useHost();
  const idPrefix = React.useId();
  const formContext = React.useMemo(() => ({ more }), [more]);
  const names = React.useMemo(
    () => Object.keys(entry.schema.properties),
    [entry]
  );
  const uiSchema = React.useMemo(
    () => formUiSchema(entry.schema.properties),
    [entry]
  );
  const formData = React.useMemo(
    () =>
      Object.fromEntries(
        Object.entries(values).filter(([name]) => names.includes(name))
      ) as JSONObject,
    [names, values]
  );
  return (
    <div className="jp-kerasviz-ArgumentsForm">
      <PathContext.Provider value={props.path ?? null}>
        <KeysContext.Provider value={props.keys ?? null}>
          <Form
            tagName="div"
            idPrefix={idPrefix}
            schema={entry.schema}
            uiSchema={uiSchema}
            formData={formData}
            fields={FIELDS as RegistryFieldsType}
            templates={props.isFlat ? FLAT_TEMPLATES : TEMPLATES}
            experimental_defaultFormStateBehavior={NO_DEFAULTS}
            formContext={formContext}
            noHtml5Validate
            onChange={({ formData: edited = {} }) => {
              const written: { [name: string]: JSONValue | undefined } =
                withRequiredDefaults(entry, edited);
              const changed = names
                .filter(name => !sameValue(written[name], formData[name]))
                .map((name): [string, JSONValue | undefined] => [
                  name,
                  written[name]
                ]);
              const dropped = changed
                .flatMap(([name]) => mirrorsOf(entry, formData, name))
                .map(name => [name, undefined]);
              if (changed.length > 0) {
                onChange(Object.fromEntries([...changed, ...dropped]));
              }
            }}
          />
        </KeysContext.Provider>
      </PathContext.Provider>
    </div>
  );
}
