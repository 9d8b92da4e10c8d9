import * as React from 'react';
import {
  asKerasError,
  say,
  type PartName,
  type IChosenJSON,
  type IEvaluation,
  type IKerasError,
  type ITranslation
} from '../../core';
import { ErrorNotice } from '../errors/ErrorNotice';
import { formatCount, formatNumber } from '../format';
import { useTranslation } from '../host';
import { useBeside, useKernel, useModel, useResults } from '../hooks';
import { EpochSliderHere } from '../insight';
import { CommandButton } from '../training';
import { ClassCurves } from './ClassCurves';
import { ClassTable } from './ClassTable';
import { CompareBar } from './CompareBar';
import { ConfusionTable } from './ConfusionTable';
import { NewData } from './NewData';
import { PredictionProgress } from './PredictionProgress';
import { ResidualsView } from './ResidualsView';
import { SampleGallery } from './SampleGallery';
import { savePredictions } from './savepredictions';
import { SliceTable } from './SliceTable';

/** What the trained model makes of a part of the data: numbers, what it takes for what, and where it is wrong. */
export function ResultsTab(): JSX.Element {
  const trans = useTranslation();
  const { results } = useModel();
  const slice = useResults(r => r.slice);
  const beside = useBeside(b => b.confusion);
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
      <EpochSliderHere />
      {error && <ErrorNotice error={error} subject="document" />}
      {evaluation && <Measured evaluation={evaluation} />}
      {task?.has_truth && task.kind !== 'other' && <CompareBar />}
      {slice && (
        <p className="jp-kerasviz-Field-note" role="status">
          {trans.__('Only one group of samples, by “%1”.', slice.column)}{' '}
          <CommandButton
            command="show-all-samples"
            onClick={() => void results.chooseSlice(null)}
          >
            {trans.__('Show all samples')}
          </CommandButton>
        </p>
      )}
      <div className="jp-kerasviz-Results-columns">
        {task && confusion && (
          <ConfusionTable
            confusion={confusion}
            label={task.kind === 'labels' ? task.names[of ?? 0] : null}
            isOfPositions={task.positions > 1}
          />
        )}
        {task && confusion && beside && (
          <ConfusionTable
            confusion={beside}
            label={task.kind === 'labels' ? task.names[of ?? 0] : null}
            isOfPositions={task.positions > 1}
            isBeside
          />
        )}
        {task && residuals && (
          <ResidualsView residuals={residuals} task={task} />
        )}
        {task && task.kind !== 'other' && <SampleGallery task={task} />}
        {task && perClass && <ClassTable scores={perClass} task={task} />}
        {task && confusion && <ClassCurves task={task} />}
        {task?.has_truth && <SliceTable />}
      </div>
    </div>
  );
}

function EvaluateBar(): JSX.Element {
  const trans = useTranslation();
  const model = useModel();
  const { results } = model;
  const share = useResults(r => r.share);
  const isConnected = useKernel(k => k.status.state === 'ready');
  const hasResults = useResults(r => r.evaluation !== null);
  const [part, setPart] = React.useState<PartName | 'new'>('validation');
  const [data, setData] = React.useState<IChosenJSON | null>(null);
  const isReady = isConnected && (part !== 'new' || data !== null);
  const [error, setError] = React.useState<IKerasError | null>(null);
  const save = async (): Promise<void> => {
    try {
      await savePredictions(model);
      setError(null);
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
        onChange={event => setPart(event.target.value as PartName | 'new')}
      >
        {PARTS.map(name => (
          <option key={name} value={name}>
            {partName(name, trans)}
          </option>
        ))}
        <option value="new">{trans.__('new data…')}</option>
      </select>
      {share === null ? (
        <CommandButton
          command="evaluate"
          disabled={!isReady}
          title={
            !isConnected
              ? trans.__('Start a kernel to evaluate the model.')
              : !isReady
                ? trans.__('Choose the new data first.')
                : trans.__(
                    'Predict these samples with the trained model and compare with the targets'
                  )
          }
          onClick={() =>
            void (part === 'new'
              ? results.evaluate('test', data)
              : results.evaluate(part))
          }
        >
          {part === 'new' ? trans.__('Predict') : trans.__('Evaluate')}
        </CommandButton>
      ) : (
        <PredictionProgress share={share} />
      )}
      {hasResults && share === null && (
        <CommandButton
          command="save-predictions"
          title={trans.__(
            'One row per sample: its index, target and prediction'
          )}
          onClick={() => void save()}
        >
          {trans.__('Save as CSV')}
        </CommandButton>
      )}
      {error && <ErrorNotice error={error} subject="document" />}
      {part === 'new' && <NewData data={data} onChange={setData} />}
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
              'Outdated: the model, its training settings or its weights have changed since. Evaluate again.'
            )}
          </strong>
        )}
      </p>
      {evaluation.notes.map((note, i) => (
        <p key={i} className="jp-kerasviz-Field-note">
          {say(note)}
        </p>
      ))}
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
            'More results are available for losses that compare classes, labels or numbers.'
          )}
        </p>
      )}
    </>
  );
}

const PARTS: readonly PartName[] = ['validation', 'test', 'training'];

function partName(part: PartName, trans: ITranslation): string {
  return {
    training: trans.__('training'),
    validation: trans.__('validation'),
    test: trans.__('test')
  }[part];
}

/** What the numbers are of. */
function aboutText(evaluation: IEvaluation, trans: ITranslation): string {
  const { part, run, epoch, count, data } = evaluation;
  const about =
    data === null
      ? trans.__('%1 %2 samples', formatCount(count), partName(part, trans))
      : trans.__('%1 samples of “%2”', formatCount(count), data);
  if (run === null) {
    return trans.__('%1, with the current model.', about);
  }
  return epoch === null
    ? trans.__('%1, after run “%2”.', about, run)
    : trans.__('%1, run “%2” after epoch %3.', about, run, epoch);
}
