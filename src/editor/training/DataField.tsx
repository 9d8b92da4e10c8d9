import * as React from 'react';
import type { IDataJSON, IDataset } from '../../core';
import { formatCount } from '../format';
import { useTranslation } from '../host';
import { useModel, useModelState } from '../hooks';
import { ArraysFields } from './ArraysFields';
import type { IArraysJSON } from './ArraysFields';
import { Field } from '../forms/Field';
import { proposal } from './compile';

/** Source of the data that is in the kernel already. */
const ARRAYS = 'arrays';

/** The choice of the data to train on. */
export function DataField({ problem }: { problem?: string }): JSX.Element {
  const trans = useTranslation();
  const model = useModel();
  const { document } = model;
  const data = useModelState(
    ['document'],
    m => m.document.model?.kerasviz?.training?.data ?? null
  );
  const { datasets } = useModelState(['catalog'], m => m.catalog).catalog;
  const chosen = datasets.find(({ name }) => name === data?.source);

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
            value={data?.source ?? ''}
            onChange={event => choose(event.target.value)}
          >
            <option value="">{trans.__('Choose…')}</option>
            {datasets.map(({ name, label }) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
            {data && data.source !== ARRAYS && !chosen && (
              <option value={data.source}>{data.source}</option>
            )}
            <option value={ARRAYS}>{trans.__('Arrays in the kernel')}</option>
          </select>
        )}
      </Field>
      {data && isArrays(data) && <ArraysFields data={data} />}
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

function isArrays(data: IDataJSON): data is IArraysJSON {
  return data.source === ARRAYS;
}

function dataOf(source: string): IDataJSON | null {
  if (source === '') {
    return null;
  }
  return source === ARRAYS ? { source: ARRAYS, x: 'x', y: 'y' } : { source };
}
