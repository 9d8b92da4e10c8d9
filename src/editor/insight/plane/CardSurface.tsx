import * as React from 'react';
import type { ISample, ISurface } from '../../../core';
import { useTranslation } from '../../host';
import { PlanePicture } from './PlanePicture';
import { readSurface, surfacePixels } from './surfacecolours';

/** What an output says over the whole plane, on its card. */
export function CardSurface({
  surface,
  sample,
  room
}: {
  surface: ISurface;
  sample: ISample;
  room: { width: number; height: number };
}): JSX.Element {
  const trans = useTranslation();
  const values = React.useMemo(() => readSurface(surface), [surface]);
  const pixels = React.useMemo(() => surfacePixels(values), [values]);
  return (
    <div
      className="jp-kerasviz-OutputView"
      data-kind={surface.kind}
      role="img"
      aria-label={trans.__('Output of the model over the input plane')}
      style={room}
    >
      <PlanePicture
        pixels={pixels}
        width={Math.min(room.width, room.height)}
        sample={sample}
        scale={values}
      />
    </div>
  );
}
