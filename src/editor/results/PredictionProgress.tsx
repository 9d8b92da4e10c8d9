import * as React from 'react';
import { useTranslation } from '../host';
import { useModel } from '../hooks';
import { CommandButton } from '../training';

/** How much of the samples has been predicted, and a button that ends it. */
export function PredictionProgress({ share }: { share: number }): JSX.Element {
  const trans = useTranslation();
  const { results } = useModel();
  return (
    <>
      <CommandButton
        command="stop-evaluation"
        onClick={() => void results.stop()}
      >
        {trans.__('Stop')}
      </CommandButton>
      <progress
        aria-label={trans.__('Predicting')}
        max={1}
        value={share > 0 ? share : undefined}
      />
    </>
  );
}
