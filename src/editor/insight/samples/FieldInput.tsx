import * as React from 'react';
import type { ISampleField } from '../../../core';
import { useTranslation } from '../../host';

/** What is in a field. */
export type FieldValue = ISampleField['value'];

export interface IFieldInputProps {
  field: ISampleField;
  value: FieldValue;
  onChange(value: FieldValue): void;
}

/** Steps of a slider over the range that a column has in the data. */
const STEPS = 100;

/** What one column of a sample holds, to be changed. */
export function FieldInput(props: IFieldInputProps): JSX.Element {
  const { field, value, onChange } = props;
  const id = React.useId();
  const changed = value !== field.value;
  return (
    <div className="jp-kerasviz-SampleField" data-changed={changed}>
      <label htmlFor={id} title={field.name}>
        {field.name}
      </label>
      <Control {...props} id={id} value={value} onChange={onChange} />
    </div>
  );
}

function Control(props: IFieldInputProps & { id: string }): JSX.Element {
  const { field, value, onChange, id } = props;
  switch (field.kind) {
    case 'number':
      return <NumberInput {...props} />;
    case 'category':
      return <Choice {...props} />;
    case 'text':
      return (
        <textarea
          id={id}
          className="jp-mod-styled"
          rows={2}
          maxLength={100_000}
          value={String(value ?? '')}
          onChange={event => onChange(event.target.value)}
          onKeyDown={event => event.stopPropagation()}
        />
      );
    default:
      return (
        <input
          id={id}
          className="jp-mod-styled"
          type={field.kind === 'date' ? 'date' : 'datetime-local'}
          step={field.kind === 'date' ? undefined : 1}
          value={String(value ?? '')}
          onChange={event => onChange(event.target.value || null)}
        />
      );
  }
}

function Choice({
  field,
  value,
  onChange,
  id
}: IFieldInputProps & { id: string }): JSX.Element {
  const trans = useTranslation();
  return (
    <select
      id={id}
      className="jp-mod-styled"
      value={String(value ?? '')}
      onChange={event => onChange(event.target.value || null)}
    >
      {(field.may_miss || value === null) && (
        <option value="">{trans.__('(missing)')}</option>
      )}
      {field.choices.map(choice => (
        <option key={choice} value={choice}>
          {choice}
        </option>
      ))}
    </select>
  );
}

/** A number, and a slider over the range of the data. An empty field is a missing value. */
function NumberInput({
  field,
  value,
  onChange,
  id
}: IFieldInputProps & { id: string }): JSX.Element {
  const trans = useTranslation();
  const { minimum, maximum, whole } = field;
  const [text, setText] = React.useState(() => textOf(value));
  React.useEffect(() => {
    setText(was => (numberOf(was) === value ? was : textOf(value)));
  }, [value]);
  return (
    <>
      <input
        id={id}
        className="jp-mod-styled"
        type="text"
        inputMode="decimal"
        autoComplete="off"
        placeholder={trans.__('(missing)')}
        aria-invalid={numberOf(text) === undefined}
        value={text}
        onChange={event => {
          setText(event.target.value);
          const number = numberOf(event.target.value);
          if (number !== undefined) {
            onChange(number);
          }
        }}
      />
      {minimum !== null && maximum !== null && minimum < maximum && (
        <input
          type="range"
          aria-label={trans.__(
            '%1, from %2 to %3',
            field.name,
            minimum,
            maximum
          )}
          title={trans.__('In the data: %1 to %2', minimum, maximum)}
          min={minimum}
          max={maximum}
          step={whole ? 1 : (maximum - minimum) / STEPS}
          value={typeof value === 'number' ? value : minimum}
          onChange={event => {
            const number = Number(event.target.valueAsNumber.toPrecision(6));
            setText(textOf(number));
            onChange(number);
          }}
        />
      )}
    </>
  );
}

function textOf(value: FieldValue): string {
  return value === null ? '' : String(value);
}

/** The number that a text says; null of none, and undefined where it says something else. */
function numberOf(text: string): number | null | undefined {
  const plain = text.trim().replace(',', '.');
  if (!plain) {
    return null;
  }
  const number = Number(plain);
  return Number.isFinite(number) ? number : undefined;
}
