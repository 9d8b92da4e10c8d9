import type { JSONObject, JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import { useTranslation } from '../host';
import { useModel, useModelState } from '../hooks';
import { ArgumentsForm } from '../inspector/ArgumentsForm';
import { configOf, entryOf, serialized } from '../kerasobject';
import { Field } from './Field';
import { identifier } from './compile';

/** The choice of the optimizer, with the form of its arguments. */
export function OptimizerField(): JSX.Element {
  const trans = useTranslation();
  const { document } = useModel();
  const optimizer = useModelState(
    ['document'],
    m => m.document.model?.compile_config?.optimizer
  );
  const { optimizers } = useModelState(['catalog'], m => m.catalog).catalog;
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
        <ArgumentsForm
          entry={entry}
          values={config}
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
