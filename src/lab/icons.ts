import { LabIcon } from '@jupyterlab/ui-components';
import kerasvizSvg from '../../style/icons/kerasviz.svg';
import tidySvg from '../../style/icons/tidy.svg';
import fitSvg from '../../style/icons/fit.svg';

/** A network of layers: the documents and their palette. */
export const kerasvizIcon = new LabIcon({
  name: 'kerasviz:network',
  svgstr: kerasvizSvg
});

/** Nodes in even rows. */
export const tidyIcon = new LabIcon({ name: 'kerasviz:tidy', svgstr: tidySvg });

/** The whole of the network in the view. */
export const fitIcon = new LabIcon({ name: 'kerasviz:fit', svgstr: fitSvg });
