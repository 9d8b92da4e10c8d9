import * as React from 'react';
import type { ISample } from '../../../core';
import { useTranslation } from '../../host';
import { ClassLegend } from '../../insight/ClassLegend';
import { cssColour } from '../../insight/colours';
import { formatNumber } from '../../insight/OutputView';
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
  const { kind, low, middle, high } = surface;
  const scale = [low, middle, high].map(value =>
    cssColour(numberColour(surface, value))
  );
  const hasOthers = plane?.points.some(({ part }) => part !== 'training');
  return (
    <div className="jp-kerasviz-PlaneLegend">
      {kind === 'number' && (
        <span className="jp-kerasviz-PlaneLegend-scale">
          {formatNumber(low)}
          <span
            style={{
              background: `linear-gradient(90deg, ${scale.join(', ')})`
            }}
          />
          {formatNumber(high)}
        </span>
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
