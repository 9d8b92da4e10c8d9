import * as React from 'react';
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
  const failure = React.useSyncExternalStore(subscribe, () => session.failure);
  if (!status || !curves) {
    return (
      <div className="jp-kerasviz-Widget-waiting">
        {trans.__('The charts appear when training begins.')}
      </div>
    );
  }
  const error = failure ?? status.error;
  return (
    <RunView status={status} curves={curves}>
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
