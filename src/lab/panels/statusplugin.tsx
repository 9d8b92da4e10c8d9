/** The size of the current model, in the status bar. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, type TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import { Signal } from '@lumino/signaling';
import * as React from 'react';
import type { IStore } from '../../core';
import { isWhole } from '../../core/analysis/analysis';
import { formatCount } from '../../editor/format';
import { IKerasTracker } from '../document/tokens';
import type { KerasWidget } from '../document/keraswidget';

/** Adds the item to the status bar. */
export const statusPlugin: JupyterFrontEndPlugin<void> = {
  id: 'kerasviz:status',
  description: 'Layers and parameters of the current model in the status bar.',
  autoStart: true,
  requires: [IKerasTracker, ITranslator],
  optional: [IStatusBar],
  activate: (
    app: JupyterFrontEnd,
    tracker: IKerasTracker,
    translator: ITranslator,
    statusBar: IStatusBar | null
  ) => {
    if (!statusBar) {
      return;
    }
    const item = new ModelStatus(tracker, translator.load('kerasviz'));
    statusBar.registerStatusItem('kerasviz:status', {
      item,
      align: 'middle',
      isActive: () =>
        tracker.currentWidget !== null &&
        tracker.currentWidget === app.shell.currentWidget,
      activeStateChanged: item.activeChanged
    });
    app.shell.currentChanged?.connect(() => item.activeChanged.emit());
  }
};

/** `7 layers · 1,204 parameters`, as far as it is known. */
class ModelStatus extends ReactWidget {
  constructor(
    private readonly _tracker: IKerasTracker,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this._tracker.currentChanged.connect(this._onCurrentChanged, this);
  }

  protected render(): React.ReactElement | null {
    const editor = this._tracker.currentWidget?.editor;
    if (!editor || editor.document.error !== null) {
      return null;
    }
    const trans = this._trans;
    const { totals } = editor.analysis.value;
    const layers = editor.document.shown?.config.layers.length ?? 0;
    const parts = [
      trans._n('%2 layer', '%2 layers', layers, formatCount(layers))
    ];
    // A part of the sum would be taken for all of it.
    if (totals && isWhole(editor.analysis.value)) {
      const params = formatCount(totals.params);
      parts.push(
        trans._n('%2 parameter', '%2 parameters', totals.params, params)
      );
    }
    return <span className="jp-StatusBar-TextItem">{parts.join(' · ')}</span>;
  }

  private _onCurrentChanged(
    _: IKerasTracker,
    widget: KerasWidget | null
  ): void {
    this._parts().forEach(part => part.changed.disconnect(this.update, this));
    this._current = widget;
    void widget?.loaded.then(() => this._onLoaded(widget));
    this.update();
  }

  private _onLoaded(widget: KerasWidget): void {
    if (widget !== this._current) {
      return;
    }
    this._parts().forEach(part => part.changed.connect(this.update, this));
    this.update();
  }

  /** What the text is made of. */
  private _parts(): IStore[] {
    const editor = this._current?.editor;
    return editor ? [editor.document, editor.analysis] : [];
  }

  /** Emits when another tab is the current one. */
  readonly activeChanged = new Signal<this, void>(this);

  private _current: KerasWidget | null = null;
}
