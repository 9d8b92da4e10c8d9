import * as React from 'react';
import { useTranslation } from '../host';

/** Tells what to do with a canvas that has nothing on it. */
export function CanvasHelp(): JSX.Element {
  const trans = useTranslation();
  return (
    <div className="jp-kerasviz-Canvas-help">
      <p>{trans.__('Drag a layer from the palette, or press Enter on one.')}</p>
      <p>
        {trans.__(
          'A model starts with an Input and flows downwards; draw from port to port to connect.'
        )}
      </p>
      <p>
        {trans.__(
          'Or begin with data: choose it on the Train tab, look at it, and let a first model be drawn.'
        )}
      </p>
    </div>
  );
}
