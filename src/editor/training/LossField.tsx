import * as React from 'react';
import { useTranslation } from '../host';
import { useCatalog, useDocument, useModel } from '../hooks';
import { Field } from '../forms/Field';
import { identifier } from './compile';

/** What stands for a loss that is no plain identifier; choosing it changes nothing. */
const KEPT = '\0kept';

/** The choice of the loss. A loss with arguments, or one for each output, is kept as the file has it. */
export function LossField({ problem }: { problem?: string }): JSX.Element {
  const trans = useTranslation();
  const { document } = useModel();
  const loss = useDocument(d => d.model?.compile_config?.loss ?? null);
  const { losses } = useCatalog(c => c).catalog;
  const entry = losses.find(({ name }) => name === loss);
  const kept = loss !== null && !entry;
  return (
    <Field
      name="loss"
      label={trans.__('Loss')}
      problem={problem}
      help={entry?.summary}
    >
      {control => (
        <select
          {...control}
          value={kept ? KEPT : (entry?.name ?? '')}
          onChange={({ target: { value } }) => {
            if (value !== KEPT) {
              document.setCompile({ loss: value || null });
            }
          }}
        >
          <option value="">{trans.__('Choose…')}</option>
          {kept && (
            <option value={KEPT}>
              {identifier(loss) ?? trans.__('One for each output')}
            </option>
          )}
          {losses.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
