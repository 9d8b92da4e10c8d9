import * as React from 'react';
import { say, type IRunStatus, type Sentence } from '../../core';
import { useTranslation } from '../host';
import { formatDuration, stateLabel } from './state';

/** Seconds in which most first batches are done. */
const SOON = 3;

/** A run that trains outside the kernel. */
export interface IElsewhere {
  /** Where: names and values. */
  facts: [string, string][];
  /** Ends its process at once. */
  end: () => void;
}

export interface IRunProgressProps {
  status: IRunStatus;
  elsewhere?: IElsewhere;
  /** In the place of the state, where that is not known. */
  unknown?: string | null;
}

/** Where a run stands: state, epoch, progress, time left, device, and what there is to know about it. */
export function RunProgress(props: IRunProgressProps): JSX.Element {
  const { status, unknown, elsewhere } = props;
  const trans = useTranslation();
  const { epoch, epochs, step, steps_per_epoch, remaining } = status;
  const elapsed = useCountedOn(
    status.elapsed,
    !unknown && ['training', 'stopping'].includes(status.state)
  );
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
  facts.push(...(elsewhere?.facts ?? []));
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
      {status.awaits !== undefined && !unknown && (
        <Awaits
          what={status.awaits}
          seconds={status.awaited ?? 0}
          onEnd={elsewhere?.end}
        />
      )}
      {status.notes.map((note, index) => (
        <p key={index} className="jp-kerasviz-RunProgress-note">
          {say(note)}
        </p>
      ))}
    </div>
  );
}

/** Seconds after which a person is told of another way. */
const LONG = 10;

/** What a run that is to stop waits for, and for how long so far: it tells nothing more until then. */
function Awaits(props: {
  what: Sentence;
  seconds: number;
  onEnd?: () => void;
}): JSX.Element {
  const trans = useTranslation();
  const seconds = useCountedOn(props.seconds, true);
  return (
    <p className="jp-kerasviz-RunProgress-note" data-note="awaits">
      {say(props.what)}{' '}
      {trans.__('Waiting for %1.', formatDuration(seconds, trans))}
      {seconds >= LONG && (
        <>
          {' '}
          {props.onEnd ? (
            <button
              type="button"
              className="jp-kerasviz-Button"
              title={trans.__('The weights after the last epoch are kept.')}
              onClick={props.onEnd}
            >
              {trans.__('End Its Process')}
            </button>
          ) : (
            trans.__(
              'If it never ends, restart the kernel: the weights after the last epoch are kept.'
            )
          )}
        </>
      )}
    </p>
  );
}

/** Seconds that were told, which go on between two batches, of which the first may take minutes. */
function useCountedOn(told: number, goesOn: boolean): number {
  const [since, setSince] = React.useState(0);
  React.useEffect(() => {
    setSince(0);
    if (!goesOn) {
      return;
    }
    const begun = Date.now();
    const timer = setInterval(
      () => setSince((Date.now() - begun) / 1000),
      1000
    );
    return () => clearInterval(timer);
  }, [told, goesOn]);
  return told + since;
}
