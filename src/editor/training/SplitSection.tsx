import type { JSONObject } from '@lumino/coreutils';
import * as React from 'react';
import { say, type IArgumentsSchema } from '../../core';
import { ArgumentsForm } from '../forms/ArgumentsForm';
import { entryOf, labelOf } from '../forms/kerasobject';
import { Usable } from '../forms/Usable';
import { useTranslation } from '../host';
import { useCatalog, useFitLimits, useModel } from '../hooks';
import { asChosen } from './choices';
import { TRAINING } from './paths';
import { Section } from './Section';
import { usePlan } from './usePlan';

const ENTRY: { schema: IArgumentsSchema } = {
  schema: {
    type: 'object',
    properties: { split: { type: ['object', 'null'], 'x-keras': 'split' } }
  }
};

/** Which samples are held out for validation and for a test after training. */
export function SplitSection(): JSX.Element {
  const trans = useTranslation();
  const { document } = useModel();
  const { splits, data: sources } = useCatalog(c => c).catalog;
  const plan = usePlan();
  const split = plan?.split ?? null;
  const unused = useFitLimits().split;
  const values = React.useMemo((): JSONObject => ({ split }), [split]);
  const share = Number(plan?.fit.validation_split);
  const lastOnes = trans.__(
    'The last %1 % of the samples',
    String(Math.round(100 * share))
  );
  const chosen = entryOf(splits, split ?? undefined);
  const source = entryOf(sources, plan?.data ?? undefined);
  if (source && 'validation' in source.schema.properties) {
    return (
      <Section
        name="split"
        title={trans.__('Validation and Test')}
        summary={trans.__('Chosen under Data')}
        isFolded
      >
        <p className="jp-kerasviz-Field-note">
          {trans.__(
            '%1: its arguments say which part validates, and no other part does.',
            labelOf(source)
          )}
        </p>
      </Section>
    );
  }
  return (
    <Section
      name="split"
      title={trans.__('Validation and Test')}
      summary={
        unused !== null
          ? trans.__('Chosen under Data')
          : chosen
            ? labelOf(chosen)
            : (split?.class_name ?? (share > 0 ? lastOnes : trans.__('None')))
      }
      isFolded
    >
      <Usable reason={unused === null ? undefined : say(unused)}>
        <ArgumentsForm
          path={TRAINING}
          entry={ENTRY}
          values={values}
          onChange={({ split: value }) =>
            document.setTraining({ split: asChosen(value) })
          }
        />
      </Usable>
      {unused === null && (
        <p className="jp-kerasviz-Field-note">
          {chosen
            ? chosen.summary
            : trans.__(
                'Without one, validation_split of Fit takes the last samples, as Keras does.'
              )}
        </p>
      )}
    </Section>
  );
}
