import * as React from 'react';
import { ErrorNotice } from '../errors/ErrorNotice';
import { useTranslation } from '../host';
import { useInside, useModel } from '../hooks';
import { BeforeAfter } from './BeforeAfter';
import { CallChoice } from './CallChoice';
import { EpochSlider } from './epochs/EpochSlider';
import { MissingWeights } from './epochs/MissingWeights';
import { OutputView } from './OutputView';
import { ModeChoice, PlaneChoice } from './plane';
import { Predicted } from './Predicted';
import { OwnSample } from './samples/OwnSample';
import { SampleChoice } from './samples/SampleChoice';
import { WhyButton } from './WhyButton';

/** Pixels of the sample in the bar. */
const ROOM = { width: 120, height: 40 } as const;

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
  return (
    <div
      className="jp-kerasviz-SampleBar"
      role="region"
      aria-label={trans.__('Look inside')}
      data-weights={weights}
    >
      <ModeChoice />
      {sample?.plane ? (
        <PlaneChoice sample={sample} />
      ) : (
        <>
          {sample?.views.map((view, i) => (
            <OutputView key={i} view={view} room={ROOM} />
          ))}
          {sample && <SampleChoice sample={sample} />}
          <OwnSample answer={<BeforeAfter />} />
        </>
      )}
      {sample && <Predicted />}
      {sample && <WhyButton />}
      {sample && <CallChoice />}
      {weights === 'fresh' && (
        <span className="jp-kerasviz-SampleBar-note">
          {trans.__('new weights, not trained yet')}
        </span>
      )}
      {error && <ErrorNotice error={error} subject="document" />}
      <button
        type="button"
        className="jp-kerasviz-SampleBar-close jp-mod-styled"
        data-command="kerasviz:look-inside"
        onClick={() => inside.close()}
      >
        {trans.__('Close')}
      </button>
      <EpochSlider />
      <MissingWeights />
    </div>
  );
}
