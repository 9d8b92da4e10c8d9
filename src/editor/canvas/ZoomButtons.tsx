import { ControlButton, Controls } from '@xyflow/react';
import * as React from 'react';
import { useTranslation } from '../host';
import { Icon } from '../Icon';
import { useWhole } from './useWhole';

/** Buttons on the canvas that change how much of the model is in sight. */
export function ZoomButtons(): JSX.Element {
  const trans = useTranslation();
  const whole = useWhole();
  const label = trans.__('Fit View');
  return (
    <div role="group" aria-label={trans.__('Zoom')}>
      {/* React Flow would name a plain div, which can't have a name. */}
      <Controls aria-label="" showInteractive={false} showFitView={false}>
        <ControlButton
          title={label}
          aria-label={label}
          onClick={() => whole.show()}
        >
          <Icon name="fit" />
        </ControlButton>
      </Controls>
    </div>
  );
}
