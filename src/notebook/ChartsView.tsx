import * as React from 'react';
import { followedRun } from '../core';
import { CommandButton, RunError, RunView } from '../editor/training';
import type { ChartsSession } from './chartssession';
import { useTranslation } from '../editor';

/** The charts of a `kerasviz.LiveCharts` callback. */
export function ChartsView(props: { session: ChartsSession }): JSX.Element {
  const { session } = props;
  const trans = useTranslation();
  const subscribe = React.useCallback(
    (notify: () => void) => {
      session.changed.connect(notify);
      return () => {
        session.changed.disconnect(notify);
      };
    },
    [session]
  );
  const status = React.useSyncExternalStore(
    subscribe,
    () => session.run?.status
  );
  const curves = React.useSyncExternalStore(
    subscribe,
    () => session.run?.curves
  );
  const runs = React.useMemo(
    () => {
      const { run } = session;
      const name = status?.model_name ?? '';
      return run
        ? [followedRun({ id: run.status.run, name, color: 0 }, run)]
        : [];
    },
    // A run changes with its status and its curves.
    [session, status, curves]
  );
  const failure = React.useSyncExternalStore(subscribe, () => session.failure);
  if (!status) {
    return (
      <div className="jp-kerasviz-Widget-waiting">
        {trans.__('The charts appear when training begins.')}
      </div>
    );
  }
  const error = failure ?? status.error;
  return (
    <RunView status={status} runs={runs}>
      {session.run?.isActive && (
        <CommandButton
          command="stop"
          disabled={status.state === 'stopping'}
          onClick={() => void session.stop()}
        >
          {trans.__('Stop')}
        </CommandButton>
      )}
      {error && <RunError error={error} />}
    </RunView>
  );
}
