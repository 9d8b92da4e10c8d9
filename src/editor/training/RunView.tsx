import * as React from 'react';
import type { IDrawnRun, IRunStatus } from '../../core';
import { Charts, type IFound } from '../charts';
import { RunProgress, type IElsewhere } from './RunProgress';

export interface IRunViewProps extends Pick<
  React.ComponentProps<typeof Charts>,
  'chosen' | 'onChoose'
> {
  /** Of the run that is followed; null where there is none. */
  status: IRunStatus | null;
  /** What is drawn. */
  runs: readonly IDrawnRun[];
  /** What was found in the curves of the run that is followed. */
  found?: readonly IFound[];
  /** In the place of the state, where that is not known. */
  unknown?: string | null;
  /** Where it trains, where that is not the kernel. */
  elsewhere?: IElsewhere;
  /** Buttons and messages, above the progress. */
  children?: React.ReactNode;
}

/** Runs: their charts, and beside them where the one stands that is followed. */
export function RunView(props: IRunViewProps): JSX.Element {
  const { status, runs, found, unknown, elsewhere, children } = props;
  return (
    <div className="jp-kerasviz-RunView" data-state={status?.state}>
      <Charts
        runs={runs}
        found={found}
        chosen={props.chosen}
        onChoose={props.onChoose}
      />
      <div className="jp-kerasviz-RunView-side">
        {children}
        {status && (
          <RunProgress
            status={status}
            unknown={unknown}
            elsewhere={elsewhere}
          />
        )}
      </div>
    </div>
  );
}
