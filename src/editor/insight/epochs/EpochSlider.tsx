import * as React from 'react';
import type { IKeptEpoch, ITranslation } from '../../../core';
import { useTranslation } from '../../host';
import { useInside, useMoment, useModel, useRun, useRuns } from '../../hooks';
import { Icon } from '../../Icon';
import { GoBack } from './GoBack';

/** Numbers of an epoch that there is room for. */
const MOST_VALUES = 4;

/**
 * Slides through the epochs of a run that are kept: whatever is shown of the model is of its weights then. Nothing
 * where no run is kept.
 */
export function EpochSlider(): JSX.Element | null {
  const trans = useTranslation();
  const { moment } = useModel();
  const run = useMoment(m => m.value.run);
  const epochs = useMoment(m => m.value.epochs);
  const place = useMoment(m => m.place);
  const isPlaying = useMoment(m => m.value.isPlaying);
  const ticks = React.useId();
  const isActive = useRun(r => r.history?.isActive ?? false);
  React.useEffect(() => moment.watch(), [moment]);
  if (run === null || (isActive && epochs.length === 0)) {
    return null;
  }
  const kept = epochs.at(place);
  const name = kept ? epochName(kept, trans) : trans.__('Now');
  return (
    <div
      className="jp-kerasviz-EpochSlider"
      role="group"
      aria-label={trans.__('Epochs')}
      data-epoch={kept ? (kept.epoch ?? 'end') : 'now'}
    >
      <RunChoice run={run} />
      {epochs.length === 0 ? (
        <span className="jp-kerasviz-SampleBar-note">
          {trans.__('No epochs of this run were saved.')}
        </span>
      ) : (
        <>
          <button
            type="button"
            className="jp-kerasviz-EpochSlider-play jp-mod-styled"
            data-command={isPlaying ? 'pause-epochs' : 'play-epochs'}
            title={
              isPlaying ? trans.__('Pause playback') : trans.__('Play epochs')
            }
            onClick={() => (isPlaying ? moment.pause() : moment.play())}
          >
            <Icon name={isPlaying ? 'pause' : 'resume'} />
          </button>
          <input
            type="range"
            min={0}
            max={epochs.length}
            step={1}
            value={place}
            list={ticks}
            aria-label={trans.__('Epoch to show')}
            aria-valuetext={name}
            onChange={event => {
              moment.pause();
              moment.show(Number(event.target.value));
            }}
          />
          <datalist id={ticks}>
            {[...epochs, null].map((_, i) => (
              <option key={i} value={i} />
            ))}
          </datalist>
          <span className="jp-kerasviz-EpochSlider-name" role="status">
            {name}
          </span>
          <Values kept={kept} />
          <GoBack run={run} kept={kept} />
        </>
      )}
    </div>
  );
}

/** The slider where no other one can be seen: the bar of a look inside has one. */
export function EpochSliderHere(): JSX.Element | null {
  const isOpen = useInside(i => i.isOpen);
  return isOpen ? null : <EpochSlider />;
}

function RunChoice({ run }: { run: string }): JSX.Element | null {
  const trans = useTranslation();
  const { moment } = useModel();
  const list = useRuns(r => r.list?.runs);
  const isTrained = useRun(r => r.history?.status.run);
  const own = (list ?? []).filter(({ origin }) => !origin);
  if (own.length < 2) {
    return null;
  }
  return (
    <select
      className="jp-mod-styled"
      aria-label={trans.__('Run to show')}
      value={run}
      onChange={event => void moment.chooseRun(event.target.value)}
    >
      {own.map(each => (
        <option key={each.id} value={each.id}>
          {each.run === isTrained
            ? trans.__('%1 (last run)', each.name)
            : each.name}
        </option>
      ))}
    </select>
  );
}

function Values({
  kept
}: {
  kept: IKeptEpoch | undefined;
}): JSX.Element | null {
  const values = Object.entries(kept?.values ?? {}).slice(0, MOST_VALUES);
  return values.length === 0 ? null : (
    <dl className="jp-kerasviz-EpochSlider-values">
      {values.map(([metric, value]) => (
        <div key={metric} data-metric={metric}>
          <dt>{metric}</dt>
          <dd>{value === null ? '–' : Number(value.toPrecision(3))}</dd>
        </div>
      ))}
    </dl>
  );
}

function epochName({ epoch, best }: IKeptEpoch, trans: ITranslation): string {
  if (epoch === null) {
    return trans.__('End of the run');
  }
  if (epoch === 0) {
    return trans.__('Before the first epoch');
  }
  return best
    ? trans.__('Epoch %1 (best)', epoch)
    : trans.__('Epoch %1', epoch);
}
