import type { JSONObject } from '@lumino/coreutils';
import * as React from 'react';
import type { IArgumentsSchema } from '../../core';
import { ArgumentsForm } from '../forms/ArgumentsForm';
import { useTranslation } from '../host';
import { useModel } from '../hooks';
import { asChosen, named } from './choices';
import { TRAINING } from './paths';
import { Section } from './Section';
import { usePlan } from './usePlan';

/** What happens while the model trains, such as stopping early. */
export function CallbacksSection(): JSX.Element {
  const trans = useTranslation();
  const { document } = useModel();
  const callbacks = usePlan()?.callbacks;
  const entry = React.useMemo(
    () => ({
      schema: {
        type: 'object',
        properties: { callbacks: { type: 'array', 'x-keras': 'callbacks' } }
      } satisfies IArgumentsSchema
    }),
    []
  );
  const values = React.useMemo(
    (): JSONObject => (callbacks?.length ? { callbacks } : {}),
    [callbacks]
  );
  return (
    <Section
      name="callbacks"
      title={trans.__('Callbacks')}
      summary={named(callbacks).join(' · ') || trans.__('None')}
      isFolded
    >
      <ArgumentsForm
        path={TRAINING}
        entry={entry}
        values={values}
        onChange={({ callbacks: changed }) => {
          const chosen = Array.isArray(changed) ? changed.map(asChosen) : [];
          document.setTraining({
            callbacks: chosen.flatMap(one => (one ? [one] : []))
          });
        }}
      />
    </Section>
  );
}
