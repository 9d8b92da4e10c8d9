import * as React from 'react';
import { ErrorNotice } from '../errors/ErrorNotice';
import { say } from '../../core';
import { useTranslation } from '../host';
import { useInside, useModel } from '../hooks';
import { BeforeAfter } from './BeforeAfter';
import { CallChoice } from './CallChoice';
import { EpochSlider } from './epochs/EpochSlider';
import { MissingWeights } from './epochs/MissingWeights';
import { OneLine } from './OneLine';
import { OutputView } from './OutputView';
import { ModeChoice, PlaneChoice } from './plane';
import { Predicted } from './Predicted';
import { OwnSample, OwnSamplePanel, type OwnPanel } from './samples/OwnSample';
import { SampleChoice } from './samples/SampleChoice';
import { StepChoice } from './StepChoice';
import { WhyButton } from './WhyButton';

/** Pixels of the sample in the bar. */
const ROOM = { width: 56, height: 32 } as const;

/** Inputs that are shown in the bar; a card shows each. */
const MOST = 2;

/** Chooses the sample that is followed through the drawing; only while somebody looks inside. */
export function SampleBar(): JSX.Element | null {
  const isOpen = useInside(i => i.isOpen);
  return isOpen ? <Bar /> : null;
}

function Bar(): JSX.Element {
  const trans = useTranslation();
  const { inside } = useModel();
  const sample = useInside(i => i.sample);
  const error = useInside(i => i.error);
  const weights = useInside(i => i.probe?.weights);
  const [panel, setPanel] = React.useState<OwnPanel>(null);
  return (
    <div
      className="jp-kerasviz-SampleBar"
      role="region"
      aria-label={trans.__('Look inside')}
      data-weights={weights}
    >
      <OneLine
        info={<Info />}
        end={
          <button
            type="button"
            className="jp-kerasviz-SampleBar-close jp-mod-styled"
            data-command="kerasviz:look-inside"
            aria-label={trans.__('Close')}
            title={trans.__('Close')}
            onClick={() => inside.close()}
          >
            ×
          </button>
        }
      >
        {sample?.plane ? (
          <>
            <ModeChoice />
            <PlaneChoice sample={sample} />
            <CallChoice />
            <StepChoice />
          </>
        ) : (
          <>
            {sample?.views.slice(0, MOST).map((view, i) => (
              <OutputView key={i} view={view} room={ROOM} />
            ))}
            {sample && (
              <SampleChoice sample={sample}>
                <OwnSample panel={panel} onPanel={setPanel} />
                <WhyButton />
                <CallChoice />
                <StepChoice />
              </SampleChoice>
            )}
            <ModeChoice />
          </>
        )}
      </OneLine>
      <EpochSlider />
      <MissingWeights />
      {error && <ErrorNotice error={error} subject="document" />}
      {!sample?.plane && (
        <OwnSamplePanel panel={panel} answer={<BeforeAfter />} />
      )}
    </div>
  );
}

/** What is known of the sample, as much as the bar has room for. */
function Info(): JSX.Element {
  const trans = useTranslation();
  const sample = useInside(i => i.sample);
  const isFresh = useInside(i => i.probe?.weights === 'fresh');
  const label = sample?.plane ? null : (sample?.label ?? null);
  const notes = [
    sample?.note && say(sample.note),
    sample?.part === 'own' && !sample.note && trans.__('your own sample'),
    sample?.part !== 'own' && sample?.is_changed && trans.__('changed'),
    isFresh && trans.__('new weights, not trained yet')
  ].filter(note => note);
  return (
    <>
      {label !== null && (
        <span className="jp-kerasviz-SampleBar-label">
          {trans.__('target: %1', label)}
        </span>
      )}
      {sample && <Predicted />}
      {notes.map(note => (
        <span
          key={String(note)}
          className="jp-kerasviz-SampleBar-note"
          title={String(note)}
        >
          {note}
        </span>
      ))}
    </>
  );
}
