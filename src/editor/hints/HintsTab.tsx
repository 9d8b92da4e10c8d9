import * as React from 'react';
import { planOf, say } from '../../core';
import { useTranslation } from '../host';
import { useDocument, useHints, useKernel, useModel, useRun } from '../hooks';
import { HintItem } from './HintItem';
import { Silenced } from './Silenced';
import { TrainAgain } from './TrainAgain';

/** What can't work, hurts, or could be better: in the drawing, the plan, the data, and the last run. */
export function HintsTab(): JSX.Element {
  const trans = useTranslation();
  const { hints } = useModel();
  const { told, heard, silenced, isReading, isChecking, error } = useHints(
    h => h
  );
  const isActive = useRun(r => r.history?.isActive ?? false);
  const isConnected = useKernel(k => k.status.state === 'ready');
  const hasData = useDocument(d => !!d.model && !!planOf(d.model).data);
  const isUnseen = isConnected && hasData && told !== null && !told.looked;
  const hasChanged = told !== null && told.run !== null && told.changed;
  return (
    <div className="jp-kerasviz-HintsTab">
      <div className="jp-kerasviz-HintsTab-head">
        <p role="status">{said()}</p>
        {isUnseen && !isActive && (
          <button
            type="button"
            className="jp-kerasviz-Button"
            disabled={isReading}
            onClick={() => void hints.read()}
          >
            {isReading ? trans.__('Reading…') : trans.__('Check the Data')}
          </button>
        )}
        {hasChanged && !isActive && <TrainAgain />}
      </div>
      {error && <p role="alert">{say(error.message)}</p>}
      <ul aria-label={trans.__('Hints')}>
        {heard.map(hint => (
          <HintItem key={`${hint.code} ${hint.layer ?? ''}`} hint={hint} />
        ))}
      </ul>
      {silenced.length > 0 && <Silenced codes={silenced} />}
    </div>
  );

  function said(): string {
    if (!isConnected) {
      return trans.__('Start a kernel to get hints.');
    }
    if (told === null) {
      return trans.__('The kernel has not checked this model yet.');
    }
    const sentences = [];
    if (heard.length === 0 && isChecking && !isActive) {
      sentences.push(trans.__('Checking…'));
    } else if (heard.length === 0) {
      sentences.push(
        told.hints.length > 0
          ? trans.__('All hints are silenced.')
          : told.run === null
            ? trans.__('No problems found in the model.')
            : trans.__('No problems found in this training.')
      );
    }
    if (isActive) {
      sentences.push(trans.__('Training: hints are updated after each epoch.'));
    } else if (hasChanged) {
      sentences.push(
        trans.__(
          'The model or its training settings have changed since the last run.'
        )
      );
    }
    if (isUnseen) {
      sentences.push(trans.__('The data has not been checked yet.'));
    }
    return sentences.join(' ');
  }
}
