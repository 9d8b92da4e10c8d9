import * as React from 'react';
import {
  asKerasError,
  type IChosenJSON,
  type IKerasError,
  type ISampleField
} from '../../../core';
import { ErrorNotice } from '../../errors/ErrorNotice';
import { useTranslation } from '../../host';
import { useInside, useModel } from '../../hooks';
import {
  baseOf,
  changedRow,
  changedSample,
  changesOf,
  valuesOf,
  withValue
} from './basesample';
import { FieldInput } from './FieldInput';
import { InputField } from './InputField';

export interface ISampleFormProps {
  /** Whether samples are rows of a table, so that there are typical ones. */
  hasRows: boolean;
}

/** What is in the chosen sample: the columns of a row, or the inputs. What is changed in it is followed at once. */
export function SampleForm({ hasRows }: ISampleFormProps): JSX.Element {
  const trans = useTranslation();
  const { inside } = useModel();
  const choice = useInside(i => i.choice);
  const base = useBase(choice);
  const { fields, error } = useFields(base);
  const values = valuesOf(choice);
  const changes = changesOf(choice);
  const isChanged =
    Object.keys(values).length > 0 || Object.keys(changes).length > 0;
  return (
    <div
      className="jp-kerasviz-SampleForm"
      role="group"
      aria-label={trans.__('Values of the sample')}
    >
      {error && <ErrorNotice error={error} subject="document" />}
      <div className="jp-kerasviz-SampleForm-fields" data-rows={hasRows}>
        {fields.map(field =>
          hasRows ? (
            <FieldInput
              key={field.name}
              field={field}
              value={field.name in values ? values[field.name] : field.value}
              onChange={value =>
                void inside.change(
                  changedRow(
                    base,
                    withValue(
                      values,
                      field.name,
                      value === field.value ? undefined : value
                    )
                  )
                )
              }
            />
          ) : (
            base && (
              <InputField
                key={field.name}
                field={field}
                change={changes[field.name]}
                hasOthers={fields.length > 1}
                onChange={change =>
                  inside.change(
                    changedSample(base, withValue(changes, field.name, change))
                  )
                }
              />
            )
          )
        )}
      </div>
      <div className="jp-kerasviz-SampleForm-buttons">
        <button
          type="button"
          className="jp-mod-styled"
          disabled={!isChanged}
          title={trans.__('Discard all changes to this sample')}
          onClick={() => void inside.change(base ?? changedRow(null, {}))}
        >
          {trans.__('Reset')}
        </button>
        {hasRows && (
          <button
            type="button"
            className="jp-mod-styled"
            title={trans.__('Start from medians and most frequent values')}
            onClick={() => void inside.change(changedRow(null, {}))}
          >
            {trans.__('Typical values')}
          </button>
        )}
      </div>
    </div>
  );
}

/** The sample that is changed; the same object as long as it is the same one. */
function useBase(choice: IChosenJSON): IChosenJSON | null {
  const part = useInside(i =>
    !i.sample || i.sample.part === 'own' ? null : i.sample.part
  );
  const index = useInside(i => i.sample?.index ?? 0);
  const of = choice.class_name === 'changed' ? choice.config.of : null;
  const own = part === null && !of ? choice : null;
  return React.useMemo(
    () => (of ? (of as IChosenJSON) : baseOf(own ?? choice, part, index)),
    [of, own, part, index]
  );
}

interface IFields {
  of: IChosenJSON | null;
  fields: readonly ISampleField[];
  error: IKerasError | null;
}

const NO_FIELDS: IFields = { of: null, fields: [], error: null };

/** What is in the sample that is changed. */
function useFields(of: IChosenJSON | null): IFields {
  const model = useModel();
  const [found, setFound] = React.useState(NO_FIELDS);
  React.useEffect(() => {
    let isCurrent = true;
    model.ask('sample_form', { of }).then(
      ({ fields }) => isCurrent && setFound({ of, fields, error: null }),
      reason =>
        isCurrent && setFound({ of, fields: [], error: asKerasError(reason) })
    );
    return () => {
      isCurrent = false;
    };
  }, [model, of]);
  return found;
}
