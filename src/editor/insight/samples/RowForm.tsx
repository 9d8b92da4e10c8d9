import * as React from 'react';
import {
  asKerasError,
  type IChosenJSON,
  type IKerasError,
  type ISampleField,
  type PartName
} from '../../../core';
import { ErrorNotice } from '../../errors/ErrorNotice';
import { useTranslation } from '../../host';
import { useInside, useModel } from '../../hooks';
import { FieldInput, type FieldValue } from './FieldInput';

type Values = Readonly<Record<string, FieldValue>>;

const NONE: Values = {};

/** The row of a table in a form: what is changed in it is followed at once. */
export function RowForm(): JSX.Element {
  const trans = useTranslation();
  const { inside } = useModel();
  const base = useBase();
  const { fields, error } = useFields(base);
  const values = useInside(i => valuesIn(i.choice));
  const isChanged = Object.keys(values).length > 0;
  const follow = (changed: Values) =>
    inside.change(
      base.part !== null && Object.keys(changed).length === 0
        ? { class_name: 'by_index', config: { ...base } }
        : { class_name: 'by_row', config: { ...base, values: changed } }
    );
  const change = (field: ISampleField, value: FieldValue) => {
    const { [field.name]: _, ...others } = values;
    follow(value === field.value ? others : { ...others, [field.name]: value });
  };
  return (
    <div
      className="jp-kerasviz-RowForm"
      role="group"
      aria-label={trans.__('Values of the row')}
    >
      {error && <ErrorNotice error={error} subject="document" />}
      <div className="jp-kerasviz-RowForm-fields">
        {fields.map(field => (
          <FieldInput
            key={field.name}
            field={field}
            value={field.name in values ? values[field.name] : field.value}
            onChange={value => change(field, value)}
          />
        ))}
      </div>
      <div className="jp-kerasviz-RowForm-buttons">
        <button
          type="button"
          className="jp-mod-styled"
          disabled={!isChanged}
          title={trans.__('Go back to the values that the row has in the data')}
          onClick={() => follow(NONE)}
        >
          {trans.__('Reset')}
        </button>
        <button
          type="button"
          className="jp-mod-styled"
          title={trans.__('Start from medians and the most frequent classes')}
          onClick={() =>
            inside.change({
              class_name: 'by_row',
              config: { values: {}, part: null, index: 0 }
            })
          }
        >
          {trans.__('Typical values')}
        </button>
      </div>
    </div>
  );
}

/** A sample of the data; a typical one where it is of no part. */
interface IBase {
  part: PartName | null;
  index: number;
}

/** The row that is changed. */
function useBase(): IBase {
  const part = useInside(i =>
    !i.sample || i.sample.part === 'own' ? null : i.sample.part
  );
  const index = useInside(i => i.sample?.index ?? 0);
  return React.useMemo(() => ({ part, index }), [part, index]);
}

interface IFields {
  fields: readonly ISampleField[];
  error: IKerasError | null;
}

/** What the row that is changed has in its columns. */
function useFields({ part, index }: IBase): IFields {
  const model = useModel();
  const [found, setFound] = React.useState<IFields>({
    fields: [],
    error: null
  });
  React.useEffect(() => {
    let isCurrent = true;
    model.ask('sample_form', { part, index }).then(
      ({ fields }) => isCurrent && setFound({ fields, error: null }),
      reason =>
        isCurrent && setFound({ fields: [], error: asKerasError(reason) })
    );
    return () => {
      isCurrent = false;
    };
  }, [model, part, index]);
  return found;
}

function valuesIn({ class_name, config }: IChosenJSON): Values {
  return class_name === 'by_row' ? (config.values as Values) : NONE;
}
