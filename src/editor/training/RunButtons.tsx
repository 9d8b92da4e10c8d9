import * as React from 'react';
import type { TrainStart } from '../../core';
import { useTranslation } from '../host';
import { useCatalog, useDocument, useKernel, useModel, useRun } from '../hooks';
import { missing } from './readiness';

/** Train, or what can be done with the run that is under way. */
export function RunButtons({ fresh }: { fresh?: boolean }): JSX.Element {
  const trans = useTranslation();
  const model = useModel();
  const state = useRun(r => r.history?.status.state);
  const isActive = useRun(r => r.history?.isActive ?? false);
  const kernel = useKernel(k => k.status);
  const { catalog } = useCatalog(c => c);
  const document = useDocument(d => d.model);
  if (isActive) {
    const isConnected = kernel.state === 'ready';
    return (
      <div className="jp-kerasviz-RunButtons">
        <CommandButton
          command="stop"
          disabled={!isConnected || state === 'stopping'}
          onClick={() => void model.run.stop()}
        >
          {trans.__('Stop')}
        </CommandButton>
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
      </div>
    );
  }
  const needs = document
    ? Object.values(missing(document, catalog, kernel, trans))
    : [trans.__('There is no model yet.')];
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
    </div>
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
