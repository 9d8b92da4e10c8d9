import * as React from 'react';
import {
  asKerasError,
  type DataPart,
  type IEvaluation,
  type IKerasError,
  type ITranslation
} from '../../core';
import { download } from '../download';
import { ErrorNotice } from '../errors/ErrorNotice';
import { formatCount, formatNumber } from '../format';
import { useTranslation } from '../host';
import { useKernel, useModel, useResults } from '../hooks';
import { CommandButton } from '../training';
import { ClassCurves } from './ClassCurves';
import { ClassTable } from './ClassTable';
import { ConfusionTable } from './ConfusionTable';
import { ResidualsView } from './ResidualsView';
import { SampleGallery } from './SampleGallery';

/** What the trained model makes of a part of the data: numbers, what it takes for what, and where it is wrong. */
export function ResultsTab(): JSX.Element {
  const evaluation = useResults(r => r.evaluation);
  const confusion = useResults(r => r.confusion);
  const perClass = useResults(r => r.perClass);
  const residuals = useResults(r => r.residuals);
  const error = useResults(r => r.error);
  const output = useResults(r => r.output);
  const of = useResults(r => r.of);
  const task = evaluation?.outputs[output];
  return (
    <div className="jp-kerasviz-Results">
      <EvaluateBar />
      {error && <ErrorNotice error={error} subject="document" />}
      {evaluation && <Measured evaluation={evaluation} />}
      <div className="jp-kerasviz-Results-columns">
        {task && confusion && (
          <ConfusionTable
            confusion={confusion}
            label={task.kind === 'labels' ? task.names[of ?? 0] : null}
            isOfPositions={task.positions > 1}
          />
        )}
        {task && residuals && (
          <ResidualsView residuals={residuals} task={task} />
        )}
        {task && task.kind !== 'other' && <SampleGallery task={task} />}
        {task && perClass && <ClassTable scores={perClass} task={task} />}
        {task && confusion && <ClassCurves task={task} />}
      </div>
    </div>
  );
}

function EvaluateBar(): JSX.Element {
  const trans = useTranslation();
  const { results } = useModel();
  const share = useResults(r => r.share);
  const isConnected = useKernel(k => k.status.state === 'ready');
  const hasResults = useResults(r => r.evaluation !== null);
  const [part, setPart] = React.useState<DataPart>('validation');
  const [error, setError] = React.useState<IKerasError | null>(null);
  const save = async (): Promise<void> => {
    try {
      const text = await results.csv();
      setError(null);
      download(new Blob([text], { type: 'text/csv' }), 'predictions.csv');
    } catch (reason) {
      setError(asKerasError(reason));
    }
  };
  return (
    <div className="jp-kerasviz-Results-bar">
      <select
        className="jp-mod-styled"
        aria-label={trans.__('Part of the data')}
        value={part}
        onChange={event => setPart(event.target.value as DataPart)}
      >
        {PARTS.map(name => (
          <option key={name} value={name}>
            {partName(name, trans)}
          </option>
        ))}
      </select>
      {share === null ? (
        <CommandButton
          command="evaluate"
          disabled={!isConnected}
          title={
            isConnected
              ? trans.__(
                  'Predict these samples with the trained model, and compare with what is true'
                )
              : trans.__('Start a kernel to evaluate the model.')
          }
          onClick={() => void results.evaluate(part)}
        >
          {trans.__('Evaluate')}
        </CommandButton>
      ) : (
        <>
          <CommandButton
            command="stop-evaluation"
            onClick={() => void results.stop()}
          >
            {trans.__('Stop')}
          </CommandButton>
          <progress
            aria-label={trans.__('Predicting')}
            max={1}
            value={share > 0 ? share : undefined}
          />
        </>
      )}
      {hasResults && share === null && (
        <CommandButton
          command="save-predictions"
          title={trans.__(
            'A row for each sample: its number, what is true, and what is predicted'
          )}
          onClick={() => void save()}
        >
          {trans.__('Save as CSV')}
        </CommandButton>
      )}
      {error && <ErrorNotice error={error} subject="document" />}
    </div>
  );
}

function Measured({ evaluation }: { evaluation: IEvaluation }): JSX.Element {
  const trans = useTranslation();
  const isOfBefore = useResults(r => r.isOfBefore);
  const { results } = useModel();
  const output = useResults(r => r.output);
  const { metrics, outputs } = evaluation;
  return (
    <>
      <p className="jp-kerasviz-Field-note" role="status">
        {aboutText(evaluation, trans)}
        {isOfBefore && (
          <strong>
            {' '}
            {trans.__(
              'This is of before: the drawing, its plan or the weights have changed since. Evaluate again.'
            )}
          </strong>
        )}
      </p>
      <dl className="jp-kerasviz-Results-metrics">
        {metrics.map(({ name, value }) => (
          <div key={name} data-metric={name}>
            <dt>{name}</dt>
            <dd>{value === null ? '–' : formatNumber(value)}</dd>
          </div>
        ))}
      </dl>
      {outputs.length > 1 && (
        <div className="jp-kerasviz-Results-bar">
          <select
            className="jp-mod-styled"
            aria-label={trans.__('Output of the model')}
            value={output}
            onChange={event =>
              void results.showOutput(Number(event.target.value))
            }
          >
            {outputs.map(({ name }, i) => (
              <option key={i} value={i}>
                {trans.__('Output “%1”', name)}
              </option>
            ))}
          </select>
        </div>
      )}
      {outputs[output]?.kind === 'other' && (
        <p className="jp-kerasviz-Field-note">
          {trans.__(
            'More is shown where the loss compares classes, labels or numbers.'
          )}
        </p>
      )}
    </>
  );
}

const PARTS: readonly DataPart[] = ['validation', 'test', 'training'];

function partName(part: DataPart, trans: ITranslation): string {
  return {
    training: trans.__('training'),
    validation: trans.__('validation'),
    test: trans.__('test')
  }[part];
}

/** What the numbers are of. */
function aboutText(evaluation: IEvaluation, trans: ITranslation): string {
  const { part, run, epoch, count } = evaluation;
  const about = trans.__(
    '%1 samples of the part “%2”',
    formatCount(count),
    partName(part, trans)
  );
  if (run === null) {
    return trans.__('%1, by the model as it is.', about);
  }
  return epoch === null
    ? trans.__('%1, after the run “%2”.', about, run)
    : trans.__('%1, by the run “%2” after epoch %3.', about, run, epoch);
}
