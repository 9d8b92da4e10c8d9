import * as React from 'react';
import { useTranslation } from '../host';
import { useModel, useRun } from '../hooks';
import { CommandButton } from '../training';
import { useMissing } from '../training/useMissing';

/** Trains from new weights: those of the last run came of what a hint was about. */
export function TrainAgain(): JSX.Element {
  const trans = useTranslation();
  const { run } = useModel();
  const isActive = useRun(r => r.history?.isActive ?? false);
  const needs = Object.values(useMissing());
  if (isActive) {
    needs.push(trans.__('Wait until the run has ended, or stop it.'));
  }
  return (
    <CommandButton
      command="train-again"
      disabled={needs.length > 0}
      title={needs.join(' ') || trans.__('Start over with new random weights')}
      onClick={() => void run.train('fresh')}
    >
      {trans.__('Train Again')}
    </CommandButton>
  );
}
