import * as React from 'react';
import { originOf, roundedTo } from '../../core';
import { useTranslation } from '../host';
import { useDocument, useWeights } from '../hooks';

/** Whether a layer has trained weights: what the next training would start from, and what would be saved. */
export function WeightsMark({ layer }: { layer: string }): JSX.Element | null {
  const trans = useTranslation();
  const path = useDocument(d => d.path);
  const origin = useWeights(w => w && originOf(w, path, layer));
  const dtypes = useWeights(
    w => (w && roundedTo(w, path, layer).join(', ')) ?? ''
  );
  if (!origin) {
    return null;
  }
  const ofFile = dtypes
    ? trans.__('weights of the file, rounded to %1', dtypes)
    : trans.__('weights of the file');
  const said = {
    trained: trans.__('trained weights'),
    file: ofFile,
    fresh: trans.__('fresh weights')
  }[origin];
  return (
    <span
      className="jp-kerasviz-LayerNode-weights"
      data-origin={origin}
      role="img"
      aria-label={said}
      title={said}
    />
  );
}
