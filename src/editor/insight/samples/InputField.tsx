import * as React from 'react';
import type { IChosenJSON, ISampleField } from '../../../core';
import { useTranslation } from '../../host';
import { NumbersInput } from './NumbersInput';
import { PictureInput } from './PictureInput';
import { TypedText } from './TypedText';

export interface IInputFieldProps {
  field: ISampleField;
  /** What is put in its place; nothing where it is as it was. */
  change: IChosenJSON | undefined;
  /** Whether the sample has other inputs. */
  hasOthers: boolean;
  onChange(change: IChosenJSON | undefined): Promise<void>;
}

/** One input of a sample, to be changed: a picture to draw on, a text, or numbers. */
export function InputField(props: IInputFieldProps): JSX.Element {
  const { field, change } = props;
  return (
    <fieldset
      className="jp-kerasviz-InputField"
      data-kind={field.kind}
      data-changed={change !== undefined}
    >
      <legend>{field.name}</legend>
      <Content {...props} />
    </fieldset>
  );
}

function Content({
  field,
  change,
  hasOthers,
  onChange
}: IInputFieldProps): JSX.Element {
  const trans = useTranslation();
  const config = change?.config ?? {};
  switch (field.kind) {
    case 'picture':
      return (
        <PictureInput
          field={field}
          change={change}
          hasOthers={hasOthers}
          onChange={onChange}
        />
      );
    case 'text':
      return (
        <TypedText
          text={String(config.text ?? field.value ?? '')}
          onText={text =>
            void onChange(
              text === field.value
                ? undefined
                : { class_name: 'by_text', config: { text } }
            )
          }
        />
      );
    case 'numbers':
      return (
        <NumbersInput
          name={field.name}
          numbers={field.numbers!}
          isWhole={field.whole}
          values={(config.values ?? {}) as Record<string, number | null>}
          onChange={values =>
            void onChange(
              Object.keys(values).length > 0
                ? { class_name: 'numbers', config: { values } }
                : undefined
            )
          }
        />
      );
    default:
      return (
        <p className="jp-kerasviz-InputField-note">
          {trans.__('This input is too large to edit by hand.')}
        </p>
      );
  }
}
