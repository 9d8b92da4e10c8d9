/** The palette of layers, in the left sidebar. */
import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import {
  type ITranslator,
  ITranslator as Token
} from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';
import { kerasvizIcon } from './icons';
import { PALETTE_ID } from './ids';
import { provide } from './loader';
import { IKerasTracker } from './tokens';
import type { KerasWidget } from './widget';

/** Adds the palette. */
export const palettePlugin: JupyterFrontEndPlugin<void> = {
  id: 'kerasviz:palette',
  description: 'The palette of Keras layers in the left sidebar.',
  autoStart: true,
  requires: [IKerasTracker, Token],
  optional: [ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    tracker: IKerasTracker,
    translator: ITranslator,
    restorer: ILayoutRestorer | null
  ) => {
    const panel = new PalettePanel(tracker, translator);
    app.shell.add(panel, 'left', { rank: 550, type: 'Keras Layers' });
    restorer?.add(panel, panel.id);
  }
};

/** Shows the palette of the current document. */
class PalettePanel extends ReactWidget {
  constructor(
    private readonly _tracker: IKerasTracker,
    translator: ITranslator
  ) {
    super();
    this._trans = translator.load('kerasviz');
    this.id = PALETTE_ID;
    this.addClass('jp-kerasviz-PalettePanel');
    this.title.icon = kerasvizIcon;
    this.title.caption = this._trans.__('Keras Layers');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', this._trans.__('Keras Layers'));
    this._tracker.currentChanged.connect(this._onCurrentChanged, this);
  }

  protected render(): React.ReactElement {
    const editor = this._tracker.currentWidget?.content.editor;
    if (editor) {
      const { Palette } = editor.components;
      return provide(editor, <Palette />);
    }
    return (
      <div className="jp-kerasviz-Placeholder">
        <h3>{this._trans.__('No Keras model')}</h3>
        <p>
          {this._trans.__(
            'Open a Keras model, or create one from the launcher, to see the layers that it can be built from.'
          )}
        </p>
      </div>
    );
  }

  private _onCurrentChanged(
    _: IKerasTracker,
    widget: KerasWidget | null
  ): void {
    widget?.loaded.connect(() => this.update(), this);
    this.update();
  }

  private readonly _trans;
}
