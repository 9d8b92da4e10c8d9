import * as React from 'react';
import type { TrainStart } from '../../core';
import { useTranslation } from '../host';
import { useKernel, useModel, useRateTest, useRun } from '../hooks';
import { useMissing } from './useMissing';

export interface IRunButtonsProps {
  /** Offers to start over. */
  fresh?: boolean;
  /** Offers to go step by step. */
  steps?: boolean;
}

/** Train, or what can be done with the run that is under way. */
export function RunButtons({ fresh, steps }: IRunButtonsProps): JSX.Element {
  const trans = useTranslation();
  const model = useModel();
  const state = useRun(r => r.history?.status.state);
  const isTrial = useRun(r => r.history?.status.trial !== undefined);
  const isActive = useRun(r => r.history?.isActive ?? false);
  const isTesting = useRateTest(t => t.isActive);
  const isConnected = useKernel(k => k.status.state === 'ready');
  const needs = Object.values(useMissing());
  if (isActive) {
    return (
      <div className="jp-kerasviz-RunButtons">
        <CommandButton
          command="stop"
          disabled={!isConnected || state === 'stopping'}
          onClick={() => void model.run.stop()}
        >
          {isTrial ? trans.__('Next Trial') : trans.__('Stop')}
        </CommandButton>
        {isTrial && (
          <CommandButton
            command="end-sweep"
            disabled={!isConnected}
            onClick={() => void model.run.endSweep()}
          >
            {trans.__('End the Sweep')}
          </CommandButton>
        )}
        {state === 'training' && (
          <CommandButton
            command="pause"
            disabled={!isConnected}
            onClick={() => void model.run.pause()}
          >
            {trans.__('Pause')}
          </CommandButton>
        )}
        {state === 'paused' && (
          <CommandButton
            command="resume"
            disabled={!isConnected}
            onClick={() => void model.run.resume()}
          >
            {trans.__('Resume')}
          </CommandButton>
        )}
        {steps && (state === 'training' || state === 'paused') && (
          <StepButtons disabled={!isConnected} />
        )}
      </div>
    );
  }
  if (isTesting) {
    needs.push(trans.__('Wait until the range test has ended, or stop it.'));
  }
  const button = (command: string, start: TrainStart, label: string) => (
    <CommandButton
      command={command}
      title={needs.join(' ')}
      disabled={needs.length > 0}
      onClick={() => void model.run.train(start)}
    >
      {label}
    </CommandButton>
  );
  return (
    <div className="jp-kerasviz-RunButtons">
      {button('train', 'trained', trans.__('Train'))}
      {fresh &&
        button(
          'train-fresh',
          'fresh',
          trans.__('Start over (new random weights)')
        )}
      {steps && (
        <StepButtons disabled={needs.length > 0} title={needs.join(' ')} />
      )}
    </div>
  );
}

/** Training step by step: after a batch, or at the end of an epoch, the run is paused. */
function StepButtons(props: {
  disabled: boolean;
  title?: string;
}): JSX.Element {
  const trans = useTranslation();
  const { run } = useModel();
  const steps = [
    {
      until: 'batch' as const,
      label: trans.__('One Batch'),
      title: trans.__('Train on one batch, then pause')
    },
    {
      until: 'epoch' as const,
      label: trans.__('One Epoch'),
      title: trans.__('Train to the end of the epoch, then pause')
    }
  ];
  return (
    <>
      {steps.map(({ until, label, title }) => (
        <CommandButton
          key={until}
          command={`one-${until}`}
          disabled={props.disabled}
          title={props.title || title}
          onClick={() => void run.step(until)}
        >
          {label}
        </CommandButton>
      ))}
    </>
  );
}

export interface ICommandButtonProps {
  command: string;
  title?: string;
  disabled?: boolean;
  onClick: () => void;
  children: React.ReactNode;
}

/** A button of the run; `data-command` names what it does. */
export function CommandButton(props: ICommandButtonProps): JSX.Element {
  const { command, ...button } = props;
  return (
    <button
      {...button}
      type="button"
      className="jp-kerasviz-Button"
      data-command={command}
    />
  );
}
