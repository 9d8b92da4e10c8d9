import * as React from 'react';
import type { ILargeView } from '../../../core';
import { Exportable } from '../../exporting';
import { useTranslation } from '../../host';
import { useInside, useModel } from '../../hooks';
import { ChannelTable } from '../../insight/ChannelTable';
import { formatNumber, saidOf } from '../../insight/OutputView';
import { planePicture } from '../../insight/outputpicture';
import { splitPictures } from '../../insight/PicturesView';
import { numbersOf } from '../../insight/viewvalues';
import { PlaneAxes } from './PlaneAxes';
import { PlanePicture } from './PlanePicture';
import { placeInWords } from './cellwords';

/** Pixels of the chosen unit at most, of each other one, and left of an axis. */
const LARGE = 280;
const SMALL = 44;
const AXIS = 56;

/** All units of a layer over the plane: one of them large, with axes, samples and the number under the mouse. */
export function LargePlane({
  large,
  node,
  tensor,
  width
}: {
  large: ILargeView;
  /** The call, and which of its outputs. */
  node: string;
  tensor: number;
  /** Pixels that it may take. */
  width: number;
}): JSX.Element | null {
  const trans = useTranslation();
  const { inside } = useModel();
  const { view, channels } = large;
  const sample = useInside(i => i.sample);
  const [chosen, setChosen] = React.useState(0);
  const [cell, setCell] = React.useState<number | null>(null);
  const pictures = React.useMemo(() => splitPictures(view), [view]);
  const numbers = React.useMemo(() => numbersOf(large), [large]);
  const unit = Math.min(chosen, pictures.length - 1);
  const scale = { low: view.low, middle: 0, high: view.high };
  const cells = view.width * view.height;
  if (!sample?.plane || unit < 0) {
    return null;
  }
  const picture = planePicture(inside, node, { tensor, unit });
  return (
    <figure className="jp-kerasviz-LargeView" data-of="plane">
      <Exportable picture={picture}>
        <figcaption>{trans.__('unit %1', unit)}</figcaption>
        <PlaneAxes plane={sample.plane}>
          <PlanePicture
            pixels={pictures[unit]}
            width={Math.max(SMALL, Math.min(LARGE, width - AXIS))}
            sample={sample}
            scale={scale}
            onPoint={setCell}
          />
        </PlaneAxes>
      </Exportable>
      <output className="jp-kerasviz-LargeView-point">
        {cell === null
          ? trans.__('Point at the picture to read its values.')
          : trans.__(
              '%1: %2',
              placeInWords(sample.plane, cell, view.width),
              formatNumber(numbers[unit * cells + cell])
            )}
      </output>
      {pictures.length > 1 && (
        <div className="jp-kerasviz-LargePlane-units">
          {pictures.map((pixels, i) => (
            <button
              key={i}
              type="button"
              aria-pressed={i === unit}
              aria-label={trans.__('unit %1', i)}
              title={trans.__('unit %1', i)}
              onClick={() => setChosen(i)}
            >
              <PlanePicture pixels={pixels} width={SMALL} scale={scale} />
            </button>
          ))}
        </div>
      )}
      <p className="jp-kerasviz-LargeView-facts">{saidOf(view, trans)}</p>
      {channels.length > 1 && <ChannelTable channels={channels} />}
    </figure>
  );
}
