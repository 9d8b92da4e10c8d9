import * as React from 'react';
import { useTranslation } from '../host';
import { useAnalysis, useDocument, useModel } from '../hooks';
import { ModelCost } from './ModelCost';
import { ErrorNotice } from '../errors/ErrorNotice';
import { LineField } from '../forms/LineField';
import { InputOutputList } from './InputOutputList';
import { Totals } from './Totals';

/** The model as a whole: name, errors, totals, and the table of its layers. */
export function ModelTab(): JSX.Element | null {
  const trans = useTranslation();
  const { document } = useModel();
  const json = useDocument(d => d.shown);
  const errors = useAnalysis(a => a.errors);
  if (!json) {
    return null;
  }
  return (
    <div className="jp-kerasviz-ModelTab">
      <LineField
        label={trans.__('name')}
        value={json.config.name}
        onCommit={text => document.setModelName(text.trim())}
      />
      {errors.map((error, i) => (
        <ErrorNotice key={i} error={error} />
      ))}
      <InputOutputList which="inputs" />
      <InputOutputList which="outputs" />
      <Totals />
      <ModelCost />
    </div>
  );
}
