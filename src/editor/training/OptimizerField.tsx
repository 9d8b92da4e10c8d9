import type { JSONObject, JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import type { IClassEntry } from '../../core';
import { useTranslation } from '../host';
import { useCatalog, useDocument, useModel } from '../hooks';
import { ArgumentsForm } from '../forms/ArgumentsForm';
import type { IArgumentsFormProps } from '../forms/ArgumentsForm';
import { configOf, entryOf, serialized } from '../forms/kerasobject';
import { Field } from '../forms/Field';
import { identifier } from './compile';

/** The choice of the optimizer, with the form of its arguments. */
export function OptimizerField(): JSX.Element {
  const trans = useTranslation();
  const { document } = useModel();
  const optimizer = useDocument(d => d.model?.compile_config?.optimizer);
  const { optimizers } = useCatalog(c => c).catalog;
  const entry = entryOf(optimizers, optimizer);
  const name = entry?.class_name ?? identifier(optimizer);
  const config = React.useMemo(() => configOf(optimizer), [optimizer]);
  return (
    <>
      <Field
        name="optimizer"
        label={trans.__('Optimizer')}
        help={entry?.summary}
      >
        {control => (
          <select
            {...control}
            value={name ?? ''}
            onChange={({ target: { value } }) => {
              const chosen = entryOf(optimizers, value);
              if (chosen && chosen !== entry) {
                document.setCompile({ optimizer: serialized(chosen, {}) });
              }
            }}
          >
            {name === null && (
              <option value="">{trans.__("Keras' default")}</option>
            )}
            {name !== null && !entry && <option value={name}>{name}</option>}
            {optimizers.map(({ class_name }) => (
              <option key={class_name} value={class_name}>
                {class_name}
              </option>
            ))}
          </select>
        )}
      </Field>
      {entry && (
        <OptimizerArguments
          entry={entry}
          config={config}
          onChange={changed =>
            document.setCompile({
              optimizer: serialized(entry, merged(config, changed))
            })
          }
        />
      )}
    </>
  );
}

/** The first argument, which is the learning rate, and the others folded away. */
function OptimizerArguments(props: {
  entry: IClassEntry;
  config: JSONObject;
  onChange: IArgumentsFormProps['onChange'];
}): JSX.Element {
  const trans = useTranslation();
  const { entry, config, onChange } = props;
  const [first, others] = React.useMemo(() => {
    const all = Object.entries(entry.schema.properties);
    return [all.slice(0, 1), all.slice(1)].map(some => ({
      ...entry,
      schema: { ...entry.schema, properties: Object.fromEntries(some) }
    }));
  }, [entry]);
  return (
    <>
      <ArgumentsForm entry={first} values={config} onChange={onChange} />
      <details className="jp-kerasviz-TrainForm-more">
        <summary>{trans.__('Other arguments of %1', entry.class_name)}</summary>
        <ArgumentsForm entry={others} values={config} onChange={onChange} />
      </details>
    </>
  );
}

/** The arguments with what changed; `undefined` takes one out, so that Keras' default holds. */
function merged(
  config: JSONObject,
  changed: { [name: string]: JSONValue | undefined }
): JSONObject {
  return Object.fromEntries(
    Object.entries({ ...config, ...changed }).filter(
      (entry): entry is [string, JSONValue] => entry[1] !== undefined
    )
  );
}
