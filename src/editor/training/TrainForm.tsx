import * as React from 'react';
import { useTranslation } from '../host';
import { useCatalog, useDocument, useKernel, useRun } from '../hooks';
import { CallbacksSection } from './CallbacksSection';
import { CompileSection } from './CompileSection';
import { DataSection } from './DataSection';
import { FitSection } from './FitSection';
import { ModelAdvice } from './ModelAdvice';
import { RunButtons } from './RunButtons';
import { PreparationSection } from './PreparationSection';
import { SplitSection } from './SplitSection';
import { SweepSection } from './SweepSection';
import { missing } from './readiness';

/** All that training takes, in sections. What is missing is said in the head of its section. */
export function TrainForm(): JSX.Element | null {
  const trans = useTranslation();
  const document = useDocument(d => d.model);
  const kernel = useKernel(k => k.status);
  const { catalog } = useCatalog(c => c);
  const isActive = useRun(r => r.history?.isActive ?? false);
  if (!document) {
    return null;
  }
  const needs = missing(document, catalog, kernel, trans);
  return (
    <div className="jp-kerasviz-TrainForm">
      <ModelAdvice />
      <p className="jp-kerasviz-Inspector-hint" role="status">
        {isActive &&
          trans.__(
            'A run is in progress with its own settings. Changes here are for the next run.'
          )}
      </p>
      <DataSection problem={needs.data} />
      <PreparationSection />
      <SplitSection />
      <CompileSection problem={needs.loss} />
      <FitSection />
      <CallbacksSection />
      <SweepSection />
      <RunButtons fresh steps />
      {needs.kernel !== undefined && (
        <div className="jp-kerasviz-Field-problem" data-missing="kernel">
          {needs.kernel}
        </div>
      )}
    </div>
  );
}
