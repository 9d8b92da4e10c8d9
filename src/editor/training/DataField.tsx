import type { JSONObject } from '@lumino/coreutils';
import * as React from 'react';
import type { IChosenJSON, IDataset } from '../../core';
import { formatCount } from '../format';
import { useTranslation } from '../host';
import { useCatalog, useModel } from '../hooks';
import { ArraysFields } from './ArraysFields';
import { Field } from '../forms/Field';
import { proposal } from './compile';
import { usePlan } from './usePlan';

/** Source of the data that is in the kernel already. */
const ARRAYS = 'arrays';

/** The choice of the data to train on. */
export function DataField({ problem }: { problem?: string }): JSX.Element {
  const trans = useTranslation();
  const model = useModel();
  const { document } = model;
  const data = usePlan()?.data ?? null;
  const { datasets } = useCatalog(c => c).catalog;
  const chosen = datasets.find(({ name }) => name === data?.class_name);

  const choose = (source: string) => {
    const dataset = datasets.find(({ name }) => name === source);
    const current = document.model;
    document.transact(() => {
      document.setTraining({ data: dataOf(source) });
      if (dataset && current) {
        document.setCompile(proposal(current, chosen, dataset));
      }
    });
  };

  return (
    <>
      <Field
        name="data"
        label={trans.__('Data')}
        problem={problem}
        help={chosen && <DatasetSummary dataset={chosen} />}
      >
        {control => (
          <select
            {...control}
            value={data?.class_name ?? ''}
            onChange={event => choose(event.target.value)}
          >
            <option value="">{trans.__('Choose…')}</option>
            {datasets.map(({ name, label }) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
            {data && data.class_name !== ARRAYS && !chosen && (
              <option value={data.class_name}>{data.class_name}</option>
            )}
            <option value={ARRAYS}>{trans.__('Arrays in the kernel')}</option>
          </select>
        )}
      </Field>
      {data?.class_name === ARRAYS && <ArraysFields data={data} />}
    </>
  );
}

function DatasetSummary({ dataset }: { dataset: IDataset }): JSX.Element {
  const trans = useTranslation();
  const facts = [
    trans.__('%1 samples', formatCount(dataset.samples)),
    trans.__('shape (%1)', dataset.shape.join(', ')),
    dataset.classes === null
      ? trans.__('a number to predict')
      : trans._n('%1 class', '%1 classes', dataset.classes)
  ];
  return (
    <>
      {dataset.summary}
      <br />
      {facts.join(' · ')}
    </>
  );
}

function dataOf(source: string): IChosenJSON | null {
  if (source === '') {
    return null;
  }
  const config: JSONObject = source === ARRAYS ? { x: 'x', y: 'y' } : {};
  return { class_name: source, config };
}
