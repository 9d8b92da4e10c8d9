import type { JSONObject } from '@lumino/coreutils';
import * as React from 'react';
import type { IArgumentsSchema, IStepJSON } from '../../core';
import { ArgumentsForm } from '../forms/ArgumentsForm';
import { useTranslation } from '../host';
import { asChosen } from './choices';
import { TRAINING } from './paths';

const ENTRY: { schema: IArgumentsSchema } = {
  schema: {
    type: 'object',
    properties: { step: { type: 'object', 'x-keras': 'step' } }
  }
};

/** The step is what stands at the path. */
const ITSELF = (): readonly string[] => [];

export interface IStepFormProps {
  step: IStepJSON;
  /** Place among the steps, from 1. */
  number: number;
  /** Whether the document has it; what is only proposed has no place there. */
  isChosen: boolean;
  /** Columns, or inputs, that it can be for. */
  columns: readonly string[];
  /** What is said where none is chosen. */
  unchosen: string;
  /** Takes what stands in its place: none, where it is removed. */
  onChange(steps: IStepJSON[]): void;
}

/** A step of the preparation: what it does, and the columns that it is for. */
export function StepForm(props: IStepFormProps): JSX.Element {
  const { step, number, isChosen, columns, unchosen, onChange } = props;
  const trans = useTranslation();
  const values = React.useMemo(
    (): JSONObject => ({
      step: { class_name: step.class_name, config: step.config }
    }),
    [step]
  );
  const path = React.useMemo(
    () =>
      isChosen ? [...TRAINING, 'preparation', String(number - 1)] : undefined,
    [isChosen, number]
  );
  const names = [...new Set([...columns, ...step.columns])];
  const toggle = (name: string) =>
    onChange([
      {
        ...step,
        columns: names.filter(
          other => step.columns.includes(other) !== (other === name)
        )
      }
    ]);
  return (
    <li data-step={step.class_name}>
      {names.length > 0 && (
        <details className="jp-kerasviz-Steps-columns">
          <summary>{step.columns.join(', ') || unchosen}</summary>
          {names.map(name => (
            <label key={name}>
              <input
                type="checkbox"
                checked={step.columns.includes(name)}
                onChange={() => toggle(name)}
              />
              {name}
            </label>
          ))}
        </details>
      )}
      <ArgumentsForm
        path={path}
        keys={ITSELF}
        entry={ENTRY}
        values={values}
        onChange={({ step: value }) => {
          const chosen = asChosen(value);
          onChange(chosen ? [{ ...step, ...chosen }] : [step]);
        }}
      />
      <button
        type="button"
        className="jp-kerasviz-Button"
        aria-label={trans.__('Remove step %1', String(number))}
        onClick={() => onChange([])}
      >
        {trans.__('Remove')}
      </button>
    </li>
  );
}
