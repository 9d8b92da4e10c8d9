import * as React from 'react';
import type { IPointedUnit } from '../../../core';
import { Exportable } from '../../exporting';
import { useTranslation } from '../../host';
import { useInside, useModel, usePointedUnit } from '../../hooks';
import { planePicture, shownBy } from '../../insight/outputpicture';
import { splitPictures } from '../../insight/PicturesView';
import { PlaneAxes } from './PlaneAxes';
import { PlaneLegend } from './PlaneLegend';
import { PlanePicture } from './PlanePicture';
import { readSurface, surfacePixels } from './surfacecolours';
import { cellInWords, unitName } from './cellwords';

/** Pixels of a side. */
const SIDE = 200;

/** Pixels of the canvas beside which it covers no cards; on a narrower one it is folded at first. */
const WIDE = 560;

/** What the model says over the whole plane, or the unit under the mouse; beside the drawing, while somebody looks. */
export function PlaneFigure(): JSX.Element | null {
  const has = useInside(i => (i.sample?.plane ?? null) !== null);
  return has ? <Figure /> : null;
}

function Figure(): JSX.Element | null {
  const trans = useTranslation();
  const { inside } = useModel();
  const sample = useInside(i => i.sample)!;
  const surfaces = useInside(i => i.probe?.surfaces);
  const pointed = usePointedUnit();
  const unit = usePointedView(pointed);
  const root = React.useRef<HTMLDetailsElement>(null);
  const [isOpen, setOpen] = React.useState(true);
  React.useLayoutEffect(() => {
    const room = root.current?.parentElement?.clientWidth ?? 0;
    setOpen(room === 0 || room >= WIDE);
  }, []);
  const [cell, setCell] = React.useState<number | null>(null);
  const [node, surface] = Object.entries(surfaces ?? {})[0] ?? [];
  const values = React.useMemo(
    () => surface && readSurface(surface),
    [surface]
  );
  const pixels = React.useMemo(() => values && surfacePixels(values), [values]);
  const plane = sample.plane!;
  const shown = unit ?? (pixels && values && { pixels, scale: values });
  const title = unit
    ? unitName(pointed!, trans)
    : node === undefined
      ? trans.__('Input plane')
      : trans.__('Output of the model');
  const picture = unit
    ? planePicture(
        inside,
        pointed!.node,
        { tensor: pointed!.tensor, unit: pointed!.unit },
        title
      )
    : planePicture(inside, node ?? '', shownBy(values?.kind, sample), title);
  return (
    <details
      ref={root}
      className="jp-kerasviz-PlaneFigure"
      open={isOpen}
      onToggle={event => setOpen(event.currentTarget.open)}
    >
      <summary>{title}</summary>
      {shown ? (
        <Exportable picture={picture}>
          <PlaneAxes plane={plane}>
            <div
              role="img"
              aria-label={trans.__(
                '%1 over %2 and %3',
                title,
                plane.across.name,
                plane.up.name
              )}
              data-kind={unit ? 'unit' : values?.kind}
            >
              <PlanePicture
                pixels={shown.pixels}
                width={SIDE}
                sample={sample}
                scale={shown.scale}
                onPoint={unit ? undefined : setCell}
              />
            </div>
          </PlaneAxes>
          {values && !unit && <PlaneLegend surface={values} sample={sample} />}
        </Exportable>
      ) : (
        surfaces && (
          <p>
            {trans.__(
              'The output has several numbers. Point at a unit of a layer to see it here.'
            )}
          </p>
        )
      )}
      <output>
        {cell !== null && values && !unit
          ? cellInWords(sample, values, cell, trans)
          : ''}
      </output>
    </details>
  );
}

/** The picture of a unit on a card. */
function usePointedView(pointed: IPointedUnit | null) {
  const view = useInside(i =>
    pointed ? i.probe?.views[pointed.node]?.[pointed.tensor] : undefined
  );
  return React.useMemo(() => {
    const pixels = view && splitPictures(view)[pointed!.unit];
    return (
      pixels && { pixels, scale: { low: view.low, middle: 0, high: view.high } }
    );
  }, [view, pointed]);
}
