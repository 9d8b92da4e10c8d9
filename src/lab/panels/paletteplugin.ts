/** The palette of layers, in the left sidebar. */
import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ITranslator } from '@jupyterlab/translation';
import { kerasvizIcon } from '../icons';
import { PALETTE_ID } from '../ids';
import { SidePanel } from './sidepanel';
import { IKerasTracker } from '../document/tokens';

/** Adds the palette. */
export const palettePlugin: JupyterFrontEndPlugin<void> = {
  id: 'kerasviz:palette',
  description: 'The palette of Keras layers in the left sidebar.',
  autoStart: true,
  requires: [IKerasTracker, ITranslator],
  optional: [ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    tracker: IKerasTracker,
    translator: ITranslator,
    restorer: ILayoutRestorer | null
  ) => {
    const trans = translator.load('kerasviz');
    const panel = new SidePanel({
      tracker,
      id: PALETTE_ID,
      label: trans.__('Keras Layers'),
      icon: kerasvizIcon,
      part: 'Palette',
      empty: {
        title: trans.__('No Keras model'),
        text: trans.__(
          'Open a Keras model, or create one from the launcher, to see the available layers.'
        )
      }
    });
    app.shell.add(panel, 'left', { rank: 550, type: 'Keras Layers' });
    restorer?.add(panel, panel.id);
  }
};
