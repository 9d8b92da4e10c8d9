import * as React from 'react';
import type { ISample } from '../../../core';
import { useTranslation } from '../../host';
import { ClassLegend } from '../../insight/ClassLegend';
import { ColourScale } from '../../insight/ColourScale';
import { cssColour } from '../../insight/colours';
import { numberColour, type ISurfaceValues } from './surfacecolours';

/** What the colours and marks stand for. */
export function PlaneLegend({
  surface,
  sample: { classes, plane }
}: {
  surface: ISurfaceValues;
  sample: ISample;
}): JSX.Element {
  const trans = useTranslation();
  const { kind, low, high } = surface;
  const hasOthers = plane?.points.some(({ part }) => part !== 'training');
  return (
    <div className="jp-kerasviz-PlaneLegend">
      {kind === 'number' && (
        <ColourScale
          low={low}
          high={high}
          colourOf={value => cssColour(numberColour(surface, value))}
        />
      )}
      <ClassLegend classes={classes} />
      {hasOthers && (
        <span
          title={trans.__(
            'Dots are training samples, rings are validation samples.'
          )}
        >
          <span className="jp-kerasviz-PlaneLegend-mark jp-mod-ring" />
          {trans.__('validation')}
        </span>
      )}
    </div>
  );
}
