import type { AriaLabelConfig } from '@xyflow/react';
import type { ITranslation } from '../../core';

/** What React Flow says by itself, in the language of the page: the tips of its buttons, and how lines are used. */
export function flowWords(trans: ITranslation): Partial<AriaLabelConfig> {
  return {
    'controls.zoomIn.ariaLabel': trans.__('Zoom In'),
    'controls.zoomOut.ariaLabel': trans.__('Zoom Out'),
    'controls.fitView.ariaLabel': trans.__('Fit View'),
    'node.a11yDescription.default': trans.__(
      'Press Enter or Space to select the layer, Delete to remove it, C to connect it.'
    ),
    'edge.a11yDescription.default': trans.__(
      'Press Enter or Space to select the connection, then Delete to remove it.'
    )
  };
}
