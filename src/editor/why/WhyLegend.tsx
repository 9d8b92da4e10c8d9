import * as React from 'react';
import type { IWhy } from '../../core';
import { useTranslation } from '../host';
import { ColourScale } from '../insight/ColourScale';
import { cssOf } from './heat';

/** What the colours of weights mean: part of each picture of them. */
export function WhyLegend({
  why,
  most
}: {
  why: IWhy;
  /** The largest weight of the picture. */
  most: number;
}): JSX.Element {
  const trans = useTranslation();
  const said = why.is_of_data
    ? trans.__(
        'orange: the model needs this column, blue: it would do better without'
      )
    : why.is_signed
      ? trans.__('orange: counts for this output, blue: against it')
      : trans.__('orange: large attribution');
  return (
    <p className="jp-kerasviz-WhyLegend">
      <ColourScale
        low={why.is_signed ? -most : 0}
        high={most}
        colourOf={weight => cssOf(weight, most)}
      />{' '}
      {said}
    </p>
  );
}
