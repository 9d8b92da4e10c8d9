import * as React from 'react';
import type {
  IResultComparison,
  IEvaluation,
  IKeptEpoch,
  ITranslation
} from '../../core';
import { ErrorNotice } from '../errors/ErrorNotice';
import { Exportable } from '../exporting';
import { formatCount, formatNumber } from '../format';
import { useTranslation } from '../host';
import { useBeside, useKernel, useModel, useResults, useRuns } from '../hooks';
import { CommandButton } from '../training';
import { PredictionProgress } from './PredictionProgress';
import { useResultPicture } from './resultpicture';

/** Chooses an epoch of a run that predicts the same samples, and says which of the two is right where. */
export function CompareBar(): JSX.Element {
  const trans = useTranslation();
  const { beside, runs: kept } = useModel();
  const isConnected = useKernel(k => k.status.state === 'ready');
  const runs = useRuns(r => r.list?.runs ?? null);
  const evaluation = useBeside(b => b.evaluation);
  const comparison = useBeside(b => b.comparison);
  const compared = useBeside(b => b.at);
  const share = useBeside(b => b.share);
  const error = useBeside(b => b.error);
  const [isOpen, setIsOpen] = React.useState(false);
  const [chosen, setChosen] = React.useState<string | null>(null);
  const [epoch, setEpoch] = React.useState('');
  const run = chosen ?? runs?.[0]?.id ?? '';
  const epochs = useEpochs(isOpen ? run : '');
  const isMissing = run !== '' && epochs.length === 0;
  const known = epochs.some(each => String(each.epoch) === epoch);
  const at = known ? epoch : String(epochs[0]?.epoch ?? '');

  React.useEffect(() => {
    if (isOpen && isConnected) {
      void kept.follow();
    }
  }, [kept, isOpen, isConnected]);

  const threshold = useResults(r => r.threshold);
  const picture = useResultPicture(
    'comparison',
    trans.__('Two models on the same samples'),
    'beside_each_other',
    { other: compared && { ...compared }, threshold }
  );

  const compare = () =>
    void beside.compare(
      run === '' || at === ''
        ? null
        : { run, epoch: at === 'null' ? null : Number(at) }
    );
  return (
    <details
      className="jp-kerasviz-Compare"
      open={isOpen}
      onToggle={event => setIsOpen(event.currentTarget.open)}
    >
      <summary>{trans.__('Compare with another epoch or run')}</summary>
      <div className="jp-kerasviz-Results-bar">
        <select
          className="jp-mod-styled"
          aria-label={trans.__('Run to compare with')}
          value={run}
          onChange={event => setChosen(event.target.value)}
        >
          <option value="">{trans.__('current model')}</option>
          {runs?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        {run && (
          <select
            className="jp-mod-styled"
            aria-label={trans.__('Epoch to compare with')}
            value={at}
            onChange={event => setEpoch(event.target.value)}
          >
            {epochs.map(each => (
              <option key={String(each.epoch)} value={String(each.epoch)}>
                {epochName(each, trans)}
              </option>
            ))}
          </select>
        )}
        {share !== null ? (
          <PredictionProgress share={share} />
        ) : (
          <CommandButton
            command="compare-results"
            disabled={!isConnected || isMissing}
            title={
              isMissing
                ? trans.__('No epochs of this run were saved.')
                : trans.__('Predict the same samples with those weights')
            }
            onClick={compare}
          >
            {trans.__('Compare')}
          </CommandButton>
        )}
        {evaluation && (
          <CommandButton command="end-comparison" onClick={() => beside.end()}>
            {trans.__('End Comparison')}
          </CommandButton>
        )}
      </div>
      {error && <ErrorNotice error={error} subject="document" />}
      {evaluation && (
        <Exportable picture={picture}>
          <Metrics other={evaluation} />
          {comparison && <Counts comparison={comparison} />}
        </Exportable>
      )}
    </details>
  );
}

/** Loss and metrics of both models. */
function Metrics({ other }: { other: IEvaluation }): JSX.Element {
  const trans = useTranslation();
  const metrics = useResults(r => r.evaluation?.metrics ?? []);
  const values = new Map(other.metrics.map(each => [each.name, each.value]));
  const said = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : formatNumber(value);
  return (
    <table className="jp-kerasviz-Compare-metrics">
      <thead>
        <tr>
          <td />
          <th scope="col">{trans.__('this model')}</th>
          <th scope="col">{trans.__('other model')}</th>
        </tr>
      </thead>
      <tbody>
        {metrics.map(({ name, value }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{said(value)}</td>
            <td>{said(values.get(name))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How many samples which model is right about; those of one model alone can be shown. */
function Counts({
  comparison
}: {
  comparison: IResultComparison;
}): JSX.Element {
  const trans = useTranslation();
  const { results } = useModel();
  const shown = useResults(r => r.only);
  const { is_of_distance, both, only_this, only_other, neither } = comparison;
  const choices = [
    {
      only: 'this' as const,
      count: only_this,
      label: is_of_distance
        ? trans.__('this has a smaller error')
        : trans.__('only this is correct')
    },
    {
      only: 'other' as const,
      count: only_other,
      label: is_of_distance
        ? trans.__('the other has a smaller error')
        : trans.__('only the other is correct')
    }
  ];
  return (
    <div className="jp-kerasviz-Results-bar" role="status">
      {choices.map(({ only, count, label }) => (
        <button
          key={only}
          type="button"
          className="jp-kerasviz-Button"
          aria-pressed={shown === only}
          title={trans.__('Show these samples')}
          onClick={() => void results.showOnly(shown === only ? null : only)}
        >
          {trans.__('%1: %2', label, formatCount(count))}
        </button>
      ))}
      <span>
        {is_of_distance
          ? trans.__('equal error: %1', formatCount(both))
          : trans.__(
              'both correct: %1, both wrong: %2',
              formatCount(both),
              formatCount(neither)
            )}
      </span>
    </div>
  );
}

function epochName(kept: IKeptEpoch, trans: ITranslation): string {
  const { epoch, best } = kept;
  if (epoch === null) {
    return trans.__('End of the run');
  }
  if (epoch === 0) {
    return trans.__('Before training');
  }
  return best
    ? trans.__('Epoch %1 (best)', epoch)
    : trans.__('Epoch %1', epoch);
}

/** What is kept of a run; an empty id asks for nothing. */
function useEpochs(run: string): readonly IKeptEpoch[] {
  const { kernel } = useModel();
  const isConnected = useKernel(k => k.status.state === 'ready');
  const list = useRuns(r => r.list);
  const [epochs, setEpochs] = React.useState<readonly IKeptEpoch[]>([]);
  React.useEffect(() => {
    let isCurrent = true;
    const { client } = kernel;
    if (run === '') {
      setEpochs([]);
    } else if (isConnected && client) {
      client.request('kept_epochs', { id: run }).then(
        result => isCurrent && setEpochs(result.epochs),
        () => isCurrent && setEpochs([])
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [kernel, run, isConnected, list]);
  return epochs;
}
