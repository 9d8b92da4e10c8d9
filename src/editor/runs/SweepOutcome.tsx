import * as React from 'react';
import { runLabel, say, type IRunSummary } from '../../core';
import { formatValue } from '../charts/data';
import { useHost } from '../host';
import { useModel } from '../hooks';
import { CommandButton } from '../training';
import { openRun, openRunCode } from './openrun';
import { bestTrial, failedTrials } from './outcome';

/** What came of the latest sweep, in words: the best trial with what can be done with it, and those that failed. */
export function SweepOutcome(props: {
  trials: readonly IRunSummary[];
  /** Told why something could not be done. */
  onFailure(reason: Error): void;
}): JSX.Element {
  const { trials, onFailure } = props;
  const host = useHost();
  const { trans, openDocument } = host;
  const model = useModel();
  const best = bestTrial(trials);
  const failed = failedTrials(trials);
  const reasons = new Map(
    failed.map(one => [one.error ? say(one.error.message) : '', one])
  );
  return (
    <div className="jp-kerasviz-Trials-outcome">
      {best?.judged && (
        <p data-best={best.id}>
          <strong>{trans.__('Best:')}</strong> {runLabel(best)} (
          {best.judged.metric}{' '}
          {formatValue(best.best[best.judged.metric].value)}){' '}
          {openDocument && (
            <CommandButton
              command="open-best-trial"
              onClick={() => {
                openRun(model, host, best.id).catch(onFailure);
              }}
            >
              {trans.__('Open as a New Document')}
            </CommandButton>
          )}
          <CommandButton
            command="open-best-code"
            title={trans.__('The script that repeats this trial')}
            onClick={() => {
              openRunCode(model, host, best.id).catch(onFailure);
            }}
          >
            {trans.__('Open as Script')}
          </CommandButton>
        </p>
      )}
      {failed.length > 0 && (
        <p role="note" data-failed={failed.length}>
          {failed.length === trials.length
            ? trans.__('All trials failed.')
            : trans._n(
                '%1 trial failed.',
                '%1 trials failed.',
                failed.length
              )}{' '}
          {[...reasons]
            .slice(0, MOST_REASONS)
            .map(([reason, one]) => `${runLabel(one)}: ${reason}`)
            .join(' ')}
        </p>
      )}
    </div>
  );
}

/** Reasons that are told; the table has the others. */
const MOST_REASONS = 2;
