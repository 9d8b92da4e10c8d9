import * as React from 'react';
import { say, type IRunStatus } from '../../core';
import { useTranslation } from '../host';
import { formatDuration, stateLabel } from './state';

/** Seconds in which most first batches are done. */
const SOON = 3;

export interface IRunProgressProps {
  status: IRunStatus;
  /** In the place of the state, where that is not known. */
  unknown?: string | null;
}

/** Where a run stands: state, epoch, progress, time left, device, and what there is to know about it. */
export function RunProgress(props: IRunProgressProps): JSX.Element {
  const { status, unknown } = props;
  const trans = useTranslation();
  const { epoch, epochs, step, steps_per_epoch, remaining } = status;
  const elapsed = useElapsed(status, unknown);
  const done = steps_per_epoch
    ? Math.min(1, step / (steps_per_epoch * epochs))
    : undefined;
  const { trial } = status;
  const facts: [string, string][] = [
    ...(trial
      ? [
          [
            trans.__('Trial'),
            trans.__('%1 of %2', trial.number, trial.trials)
          ] satisfies [string, string]
        ]
      : []),
    [trans.__('Epoch'), trans.__('%1 of %2', epoch, epochs)],
    [trans.__('Elapsed'), formatDuration(elapsed, trans)]
  ];
  if (remaining && !unknown) {
    facts.push([trans.__('Time left'), formatDuration(remaining, trans)]);
  }
  if (status.device) {
    facts.push([trans.__('Device'), status.device]);
  }
  if (status.model_name) {
    facts.push([trans.__('Model'), status.model_name]);
  }
  return (
    <div className="jp-kerasviz-RunProgress">
      <div className="jp-kerasviz-RunProgress-state" role="status">
        {unknown ?? stateLabel(status.state, trans, status.ahead)}
      </div>
      <div
        className="jp-kerasviz-RunProgress-bar"
        role="progressbar"
        aria-label={trans.__('Training')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={done === undefined ? undefined : Math.round(done * 100)}
      >
        <div
          className="jp-kerasviz-RunProgress-done"
          style={{ width: `${100 * (done ?? 0)}%` }}
        />
      </div>
      <dl className="jp-kerasviz-RunProgress-facts">
        {facts.map(([name, value]) => (
          <React.Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </React.Fragment>
        ))}
      </dl>
      {status.state === 'training' && step === 0 && elapsed > SOON && (
        <p className="jp-kerasviz-RunProgress-note" data-note="compiling">
          {trans.__(
            'The model is being compiled for the first batch. This takes minutes if it has hundreds of layers.'
          )}
        </p>
      )}
      {status.awaits !== undefined && (
        <p className="jp-kerasviz-RunProgress-note" data-note="awaits">
          {say(status.awaits)}
        </p>
      )}
      {status.notes.map((note, index) => (
        <p key={index} className="jp-kerasviz-RunProgress-note">
          {say(note)}
        </p>
      ))}
    </div>
  );
}

/** Seconds that a run has taken: they go on between two batches, of which the first may take minutes. */
function useElapsed(
  { state, elapsed }: IRunStatus,
  unknown: string | null | undefined
): number {
  const [since, setSince] = React.useState(0);
  React.useEffect(() => {
    setSince(0);
    if (unknown || !['training', 'stopping'].includes(state)) {
      return;
    }
    const begun = Date.now();
    const timer = setInterval(
      () => setSince((Date.now() - begun) / 1000),
      1000
    );
    return () => clearInterval(timer);
  }, [state, elapsed, unknown]);
  return elapsed + since;
}
