/** The states of a run, for people. */
import type { ITranslation, RunState } from '../../core';

/**
 * A state in words.
 *
 * @param ahead - Runs that come before one that waits, where that is known.
 */
export function stateLabel(
  state: RunState,
  trans: ITranslation,
  ahead = 0
): string {
  const labels: { [S in RunState]: string } = {
    waiting:
      ahead > 0
        ? trans._n(
            'Waiting for its turn: %1 run is ahead',
            'Waiting for its turn: %1 runs are ahead',
            ahead
          )
        : trans.__('Waiting for its turn'),
    building: trans.__('Building the model…'),
    training: trans.__('Training'),
    paused: trans.__('Paused'),
    stopping: trans.__('Stopping…'),
    finished: trans.__('Finished'),
    stopped: trans.__('Stopped'),
    failed: trans.__('Failed'),
    lost: trans.__('Ended with its kernel')
  };
  return labels[state];
}

/** Seconds as people read them: `12 s`, `3 min 5 s`, `2 h 10 min`. */
export function formatDuration(seconds: number, trans: ITranslation): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) {
    return trans.__('%1 s', whole);
  }
  if (whole < 3600) {
    return trans.__('%1 min %2 s', Math.floor(whole / 60), whole % 60);
  }
  const minutes = Math.round(whole / 60);
  return trans.__('%1 h %2 min', Math.floor(minutes / 60), minutes % 60);
}
