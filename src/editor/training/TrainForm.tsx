import * as React from 'react';
import { useTranslation } from '../host';
import { useDocument, useKernel } from '../hooks';
import { DataField } from './DataField';
import { FitFields } from './FitFields';
import { LossField } from './LossField';
import { MetricsField } from './MetricsField';
import { OptimizerField } from './OptimizerField';
import { RunButtons } from './RunButtons';
import { missing } from './readiness';

/** All that training takes: data, compile and fit. What is missing is said at its field. */
export function TrainForm(): JSX.Element | null {
  const trans = useTranslation();
  const document = useDocument(d => d.model);
  const kernel = useKernel(k => k.status);
  if (!document) {
    return null;
  }
  const needs = missing(document, kernel, trans);
  return (
    <div className="jp-kerasviz-TrainForm">
      <DataField problem={needs.data} />
      <OptimizerField />
      <LossField problem={needs.loss} />
      <MetricsField />
      <FitFields />
      <RunButtons fresh />
      {needs.kernel !== undefined && (
        <div className="jp-kerasviz-Field-problem" data-missing="kernel">
          {needs.kernel}
        </div>
      )}
    </div>
  );
}
