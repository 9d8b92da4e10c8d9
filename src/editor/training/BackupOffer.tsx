import * as React from 'react';
import { useTranslation } from '../host';
import { useModel, useRun } from '../hooks';
import { CommandButton } from './RunButtons';

/** Goes on with a run whose kernel died, from the last epoch of which there is a backup. */
export function BackupOffer(): JSX.Element | null {
  const trans = useTranslation();
  const model = useModel();
  const backup = useRun(r => r.backup);
  if (!backup) {
    return null;
  }
  return (
    <div className="jp-kerasviz-BackupOffer" role="status">
      <p>
        {trans.__(
          'The kernel stopped during training. The weights from epoch %1 of %2 are in %3.',
          backup.epoch,
          backup.epochs,
          backup.file
        )}
      </p>
      <CommandButton
        command="continue"
        onClick={() => void model.run.train('backup')}
      >
        {trans.__('Continue after Epoch %1', backup.epoch)}
      </CommandButton>
    </div>
  );
}
