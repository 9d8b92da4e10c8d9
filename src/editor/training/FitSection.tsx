import * as React from 'react';
import { FIT_DEFAULTS, planOf, say, trainingOf } from '../../core';
import type { IArgumentSchema, IArgumentsSchema, IFitLimits } from '../../core';
import { ArgumentsForm } from '../forms/ArgumentsForm';
import { Usable } from '../forms/Usable';
import { useTranslation } from '../host';
import {
  useCatalog,
  useDocument,
  useFitLimits,
  useKernel,
  useModel
} from '../hooks';
import { CLASS_WEIGHT, ClassWeights } from './ClassWeights';
import { assigned } from './choices';
import { Section } from './Section';

/** Where the arguments of `fit` stand in a document. */
const FIT = ['kerasviz', 'training', 'fit'];
const COMMON = Object.keys(FIT_DEFAULTS);

/** The arguments of `fit`, and what else a run takes: its seed, and the name of the trained model. */
export function FitSection({
  problem
}: {
  problem?: string;
}): JSX.Element | null {
  const trans = useTranslation();
  const { document } = useModel();
  const { fit } = useCatalog(c => c).catalog;
  const model = useDocument(d => d.model);
  const plan = React.useMemo(() => model && planOf(model), [model]);
  const name = useKernel(k => k.status.hello?.model_name);
  const limits = useFitLimits();
  const ordered = React.useMemo(
    () => ({ schema: commonFirst(fit, limits) }),
    [fit, limits]
  );
  const own = React.useMemo(
    () => ({
      schema: {
        type: 'object',
        properties: {
          model_name: {
            type: 'string',
            'x-keras': 'variable',
            ...(name !== undefined && { default: name }),
            description: trans.__(
              'Variable name of the trained model in your notebook. By default it is the name of the document.'
            )
          },
          seed: {
            type: ['integer', 'null'],
            default: null,
            description: trans.__(
              'Makes a run repeatable: the same numbers are drawn each time.'
            )
          }
        }
      } satisfies IArgumentsSchema
    }),
    [trans, name]
  );
  const others = React.useMemo(
    () =>
      plan && {
        ...(plan.model_name !== null && { model_name: plan.model_name }),
        ...(plan.seed !== null && { seed: plan.seed })
      },
    [plan]
  );
  if (!model || !plan || !others) {
    return null;
  }
  return (
    <Section
      name="fit"
      title={trans.__('Fit')}
      summary={trans.__(
        '%1 epochs, batches of %2',
        String(plan.fit.epochs),
        String(plan.fit.batch_size)
      )}
      problem={problem}
    >
      <ArgumentsForm
        path={FIT}
        entry={ordered}
        values={plan.fit}
        onChange={changed =>
          document.setTraining({
            fit: assigned(trainingOf(model).fit, changed)
          })
        }
      />
      {fit.properties[CLASS_WEIGHT] && (
        <Usable
          reason={
            CLASS_WEIGHT in limits.unused
              ? say(limits.unused[CLASS_WEIGHT])
              : undefined
          }
        >
          <ClassWeights
            schema={fit.properties[CLASS_WEIGHT]}
            value={plan.fit[CLASS_WEIGHT]}
            onChange={weights =>
              document.setTraining({
                fit: assigned(trainingOf(model).fit, {
                  [CLASS_WEIGHT]: weights
                })
              })
            }
          />
        </Usable>
      )}
      <ArgumentsForm
        entry={own}
        values={others}
        onChange={changed => document.setTraining(changed)}
      />
    </Section>
  );
}

/** The arguments that are mostly set, in front; the others are folded away. */
function commonFirst(
  fit: IArgumentsSchema,
  limits: IFitLimits
): IArgumentsSchema {
  const all = Object.entries(fit.properties)
    .filter(([name]) => name !== CLASS_WEIGHT) // has a form of its own
    .map(([name, schema]): [string, IArgumentSchema] => [
      name,
      { ...schema, ...limitsOf(limits, name) }
    ]);
  const isCommon = (name: string) =>
    COMMON.includes(name) || name in limits.needed;
  const common = [...COMMON, ...Object.keys(limits.needed)].flatMap(name =>
    all.filter(([other]) => other === name)
  );
  const rare = all
    .filter(([name]) => !isCommon(name))
    .map(([name, schema]) => [name, { ...schema, 'x-rare': true }]);
  return { ...fit, properties: Object.fromEntries([...common, ...rare]) };
}

function limitsOf({ unused, needed }: IFitLimits, name: string) {
  return {
    ...(name in unused && { 'x-unused': say(unused[name]) }),
    ...(name in needed && { 'x-needed': say(needed[name]), 'x-rare': false })
  };
}
