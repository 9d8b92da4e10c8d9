import * as React from 'react';
import type { IStepJSON } from '../../core';
import { useTranslation } from '../host';
import { useLook, useModel } from '../hooks';
import { Section } from './Section';
import { StepForm } from './StepForm';
import { usePlan } from './usePlan';

const NO_STEPS: IStepJSON[] = [];

/**
 * How data becomes what the model takes: steps that learn from the samples that train, and from no others. Until a
 * person edits them, they are those that the kernel proposes for the columns of a table.
 */
export function PreparationSection(): JSX.Element | null {
  const trans = useTranslation();
  const { document } = useModel();
  const chosen = usePlan()?.preparation ?? null;
  const preview = useLook(look => look.preview);
  if (chosen === null && preview === null) {
    return null;
  }
  const isTable = preview === null || preview.kind === 'table';
  const proposed = preview?.proposed.preparation;
  const steps = chosen ?? proposed ?? NO_STEPS;
  const columns = isTable
    ? (preview?.columns.map(({ name }) => name) ?? [])
    : preview.inputs.length > 1
      ? preview.inputs
      : [];
  const unchosen = isTable
    ? trans.__('Choose columns…')
    : trans.__('All inputs');
  const set = (preparation: IStepJSON[] | null) =>
    document.setTraining({ preparation });
  return (
    <Section
      name="preparation"
      title={trans.__('Preparation')}
      summary={
        chosen === null
          ? isTable
            ? trans.__('Proposed')
            : trans.__('None')
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
            isChosen={chosen !== null}
            columns={columns}
            unchosen={unchosen}
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
      {isTable && chosen !== null && (
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
