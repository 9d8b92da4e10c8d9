import * as React from 'react';
import { useTranslation } from '../host';
import { useDocument, useRun } from '../hooks';
import { CallbacksSection } from './CallbacksSection';
import { CompileSection } from './CompileSection';
import { DataSection } from './DataSection';
import { FitSection } from './FitSection';
import { ModelAdvice } from './ModelAdvice';
import { RunButtons } from './RunButtons';
import { PreparationSection } from './PreparationSection';
import { PlaceSection } from './PlaceSection';
import { SplitSection } from './SplitSection';
import { SweepSection } from './SweepSection';
import { useMissing } from './useMissing';

/** All that training takes, in sections. What is missing is said in the head of its section. */
export function TrainForm(): JSX.Element | null {
  const trans = useTranslation();
  const hasModel = useDocument(d => d.model !== null);
  const needs = useMissing();
  const isActive = useRun(r => r.history?.isActive ?? false);
  if (!hasModel) {
    return null;
  }
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
      <FitSection problem={needs.fit} />
      <CallbacksSection />
      <SweepSection />
      <PlaceSection />
      <RunButtons fresh steps />
      {needs.kernel !== undefined && (
        <div className="jp-kerasviz-Field-problem" data-missing="kernel">
          {needs.kernel}
        </div>
      )}
    </div>
  );
}
