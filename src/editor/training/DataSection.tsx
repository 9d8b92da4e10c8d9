import type { JSONObject, JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import type { IArgumentsSchema, IFacts } from '../../core';
import { DataPreview } from '../data';
import { ArgumentsForm } from '../forms/ArgumentsForm';
import { entryOf, labelOf } from '../forms/kerasobject';
import { inline } from '../forms/Markdown';
import { formatCount } from '../format';
import { useTranslation } from '../host';
import { useCatalog, useModel } from '../hooks';
import { asChosen, proposal } from './choices';
import { TRAINING } from './paths';
import { Section } from './Section';
import { usePlan } from './usePlan';

/** What to train on: a source, and the arguments of its `load`. Choosing a data set proposes loss and metrics. */
export function DataSection({ problem }: { problem?: string }): JSX.Element {
  const trans = useTranslation();
  const { document } = useModel();
  const { data: sources } = useCatalog(c => c).catalog;
  const data = usePlan()?.data ?? undefined;
  const schema: IArgumentsSchema = React.useMemo(
    () => ({
      type: 'object',
      properties: { data: { type: 'object', 'x-keras': 'data' } }
    }),
    []
  );
  const values = React.useMemo(
    (): JSONObject => (data ? { data } : {}),
    [data]
  );
  const source = entryOf(sources, data);

  const choose = (value: JSONValue | undefined) => {
    const chosen = entryOf(sources, value);
    const current = document.model;
    document.transact(() => {
      document.setTraining({ data: asChosen(value) });
      if (current && chosen?.facts && chosen !== source) {
        document.setCompile(
          proposal(current, source?.facts ?? null, chosen.facts)
        );
      }
    });
  };
  return (
    <Section
      name="data"
      title={trans.__('Data')}
      summary={source ? labelOf(source) : (data?.class_name ?? '')}
      problem={problem}
    >
      <ArgumentsForm
        path={TRAINING}
        entry={{ schema }}
        values={values}
        onChange={({ data: value }) => choose(value)}
      />
      {data && <DataPreview key={data.class_name} />}
      {source && (
        <p className="jp-kerasviz-Field-note">
          {inline(source.summary)}
          {source.facts && <Facts facts={source.facts} />}
        </p>
      )}
    </Section>
  );
}

function Facts({ facts }: { facts: IFacts }): JSX.Element {
  const trans = useTranslation();
  const { samples, shape, classes } = facts;
  const said = [
    trans.__('%1 samples', formatCount(samples)),
    trans.__('shape (%1)', shape.join(', ')),
    classes === null
      ? trans.__('a number to predict')
      : trans._n('%2 class', '%2 classes', classes, formatCount(classes))
  ];
  return (
    <>
      <br />
      {said.join(' · ')}
    </>
  );
}
