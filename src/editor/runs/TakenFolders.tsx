import * as React from 'react';
import type { IRuns } from '../../core';
import { useHost } from '../host';
import { useModel } from '../hooks';
import { CommandButton } from '../training';

/** Folders whose runs are listed, too: chosen in the host's dialog, and left by a press. */
export function TakenFolders({ list }: { list: IRuns }): JSX.Element | null {
  const { trans, choosePath } = useHost();
  const { path, runs } = useModel();
  const choose = async () => {
    const title = trans.__('Choose a Folder with Runs');
    const folder = await choosePath?.('folder', path, title);
    if (folder !== undefined && folder !== null) {
      await runs.take(folder);
    }
  };
  return (
    <>
      {list.others.map(folder => (
        <span key={folder} className="jp-kerasviz-RunsBar-folder">
          {folder}
          <button
            type="button"
            className="jp-kerasviz-RunRow-action"
            data-command="leave-runs"
            aria-label={trans.__('Do not list the runs of %1', folder)}
            title={trans.__('Do not list the runs of %1', folder)}
            onClick={() => void runs.leave(folder)}
          >
            ×
          </button>
        </span>
      ))}
      {choosePath && (
        <CommandButton
          command="take-runs"
          title={trans.__(
            'List the runs of other documents, and tables of epochs as CSVLogger writes them, from a folder and those inside'
          )}
          onClick={() => void choose()}
        >
          {trans.__('Add Runs…')}
        </CommandButton>
      )}
    </>
  );
}
