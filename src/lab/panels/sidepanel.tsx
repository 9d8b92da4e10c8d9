import type { LabIcon } from '@jupyterlab/ui-components';
import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';
import { provide } from '../loader';
import type { IKerasTracker } from '../document/tokens';
import type { KerasWidget } from '../document/keraswidget';

/** A part of the current document's editor, in a sidebar. */
export class SidePanel extends ReactWidget {
  constructor(private readonly _options: SidePanel.IOptions) {
    super();
    const { id, label, icon, tracker } = _options;
    this.id = id;
    this.addClass('jp-kerasviz-SidePanel');
    this.title.icon = icon;
    this.title.caption = label;
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', label);
    tracker.currentChanged.connect(this._onCurrentChanged, this);
  }

  protected render(): React.ReactElement {
    const { tracker, part, empty } = this._options;
    const editor = tracker.currentWidget?.content.editor;
    if (editor) {
      const Part = editor.components[part];
      return provide(editor, <Part />);
    }
    return (
      <div className="jp-kerasviz-Placeholder">
        <h3>{empty.title}</h3>
        <p>{empty.text}</p>
      </div>
    );
  }

  private _onCurrentChanged(
    _: IKerasTracker,
    widget: KerasWidget | null
  ): void {
    void widget?.loaded.then(() => this.update());
    this.update();
  }
}

export namespace SidePanel {
  export interface IOptions {
    tracker: IKerasTracker;
    id: string;
    label: string;
    icon: LabIcon;
    /** What of the editor it shows. */
    part: 'Palette' | 'Inspector';
    /** What it shows while no document is open. */
    empty: { title: string; text: string };
  }
}
