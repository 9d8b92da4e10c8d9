import * as React from 'react';
import type { ICurves, IRunStatus } from '../../core';
import { Charts } from '../charts';
import { RunProgress } from './RunProgress';

export interface IRunViewProps {
  status: IRunStatus;
  curves: ICurves;
  /** In the place of the state, where that is not known. */
  unknown?: string | null;
  /** Buttons and messages, above the progress. */
  children?: React.ReactNode;
}

/** A run: its charts, and beside them where it stands. */
export function RunView(props: IRunViewProps): JSX.Element {
  const { status, curves, unknown, children } = props;
  return (
    <div className="jp-kerasviz-RunView" data-state={status.state}>
      <Charts status={status} curves={curves} />
      <div className="jp-kerasviz-RunView-side">
        {children}
        <RunProgress status={status} unknown={unknown} />
      </div>
    </div>
  );
}
