import * as React from 'react';
import { say } from '../../core';
import { isWriting } from '../drawing/undokeys';
import { useTranslation } from '../host';
import { useKernel, useModel, useRuns, useVisible } from '../hooks';
import { CommandButton } from '../training';
import { WhatDiffers } from './WhatDiffers';
import { TakenFolders } from './TakenFolders';
import { TrialsPlot } from './TrialsPlot';
import { RunsTable } from './RunsTable';
import { RunsBar } from './RunsBar';
import { FIRST_LISTING, type IListing } from './listview';

/** The runs of this document that are kept in its folder. The list is asked for when it is first seen. */
export function RunsTab(): JSX.Element {
  const trans = useTranslation();
  const { runs } = useModel();
  const list = useRuns(r => r.list);
  const error = useRuns(r => r.error);
  const comparison = useRuns(r => r.comparison);
  const [listing, setListing] = React.useState(FIRST_LISTING);
  const [failure, setFailure] = React.useState<string | null>(null);
  const shared = {
    listing,
    onChange: (next: IListing) => {
      setFailure(null);
      setListing(next);
    },
    onFailure: (reason: Error) => setFailure(reason.message)
  };
  const root = React.useRef<HTMLDivElement>(null);
  const isVisible = useVisible(root);
  React.useEffect(() => {
    if (isVisible) {
      void runs.follow();
    }
  }, [runs, isVisible]);

  return (
    <div
      className="jp-kerasviz-Runs"
      ref={root}
      tabIndex={-1}
      onKeyDown={event => {
        // In the list, as everywhere, the keys take back what was done here; the drawing has its own undo.
        const isUndo = (event.ctrlKey || event.metaKey) && event.key === 'z';
        if (isUndo && !isWriting(event)) {
          event.preventDefault();
          event.stopPropagation();
          void runs.undo();
        }
      }}
    >
      {(error || failure !== null) && (
        <p className="jp-kerasviz-Runs-error" role="alert">
          {error ? say(error.message) : failure}
        </p>
      )}
      {comparison ? (
        <WhatDiffers comparison={comparison} />
      ) : list === null ? (
        <Waiting />
      ) : list.runs.length === 0 ? (
        <div className="jp-kerasviz-Runs-empty">
          <p>
            {list.where === ''
              ? trans.__(
                  'Runs are kept beside a document that is saved in a folder.'
                )
              : trans.__(
                  'No runs yet. Each training is kept in %1 and listed here.',
                  list.where
                )}
          </p>
          <TakenFolders list={list} />
        </div>
      ) : (
        <>
          <RunsBar list={list} {...shared} />
          <TrialsPlot runs={list.runs} onFailure={shared.onFailure} />
          <RunsTable list={list} {...shared} />
        </>
      )}
    </div>
  );
}

/** Before the list is there: a kernel reads the folder. */
function Waiting(): JSX.Element {
  const trans = useTranslation();
  const { runs } = useModel();
  const kernel = useKernel(k => k.status);
  const isOffered = kernel.state !== 'ready' && kernel.start !== undefined;
  return (
    <div className="jp-kerasviz-Runs-empty">
      <p role="status">
        {isOffered
          ? trans.__(
              'A kernel reads the runs that are kept beside this document.'
            )
          : kernel.message || trans.__('Waiting for the kernel…')}
      </p>
      {isOffered && (
        <CommandButton
          command="list-runs"
          onClick={() => void runs.follow(true)}
        >
          {trans.__('Start a Kernel and List the Runs')}
        </CommandButton>
      )}
    </div>
  );
}
