import * as React from 'react';
import type { IStepJSON } from '../../core';
import { useTranslation } from '../host';
import { useLook, useModel } from '../hooks';
import { Section } from './Section';
import { StepForm } from './StepForm';
import { usePlan } from './usePlan';

const NO_STEPS: IStepJSON[] = [];

/**
 * How the columns of a table become numbers: steps that learn from the samples that train, and from no others. Until
 * a person edits them, they are those that the kernel proposes.
 */
export function PreparationSection(): JSX.Element | null {
  const trans = useTranslation();
  const { document } = useModel();
  const chosen = usePlan()?.preparation ?? null;
  const preview = useLook(look => look.preview);
  if (chosen === null && preview?.kind !== 'table') {
    return null;
  }
  const proposed = preview?.proposed.preparation;
  const steps = chosen ?? proposed ?? NO_STEPS;
  const set = (preparation: IStepJSON[] | null) =>
    document.setTraining({ preparation });
  return (
    <Section
      name="preparation"
      title={trans.__('Preparation')}
      summary={
        chosen === null
          ? trans.__('Proposed')
          : trans._n('%1 step', '%1 steps', chosen.length)
      }
      isFolded
    >
      <ol className="jp-kerasviz-Steps" aria-label={trans.__('Steps')}>
        {steps.map((step, i) => (
          <StepForm
            key={i}
            step={step}
            number={i + 1}
            columns={preview?.columns.map(({ name }) => name) ?? step.columns}
            onChange={changed =>
              set(steps.flatMap((other, j) => (j === i ? changed : [other])))
            }
          />
        ))}
      </ol>
      <button
        type="button"
        className="jp-kerasviz-Button"
        onClick={() =>
          set([
            ...steps,
            { class_name: 'Normalization', config: {}, columns: [] }
          ])
        }
      >
        {trans.__('Add a Step')}
      </button>
      {chosen !== null && (
        <button
          type="button"
          className="jp-kerasviz-Button"
          onClick={() => set(null)}
        >
          {trans.__('Use What Is Proposed')}
        </button>
      )}
    </Section>
  );
}
