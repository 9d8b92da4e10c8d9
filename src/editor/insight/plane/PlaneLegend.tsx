import * as React from 'react';
import type { ISample } from '../../../core';
import { useTranslation } from '../../host';
import { cssColour } from '../../insight/colours';
import { formatNumber } from '../../insight/OutputView';
import {
  classColour,
  numberColour,
  type ISurfaceValues
} from './surfacecolours';

/** Classes that are named. */
const MOST = 8;

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
      {classes.slice(0, MOST).map((name, i) => (
        <span key={name}>
          <span
            className="jp-kerasviz-PlaneLegend-mark"
            style={{ background: cssColour(classColour(i)) }}
          />
          {name}
        </span>
      ))}
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
