/** The traits of the widget; `kerasviz/widget.py` has the other side. */
import type { AnyModel } from '@anywidget/types';
import type { IRunJSON } from '../core';

export interface ITraits {
  /** What the widget shows: an editor, or the charts of a callback. */
  _view: 'editor' | 'charts';
  /** Text of the document. */
  _document: string;
  /** Whether somebody changed, on a page, what Python gave. */
  _edited: boolean;
  /** Pixels. */
  _height: number;
  /**
   * The run as it was a while ago, for a page whose kernel is gone, or busy with the cell that trains; `seq` is
   * the number of the last event that it holds.
   */
  _run: (IRunJSON & { seq: number }) | null;
}

export type WidgetModel = AnyModel<ITraits>;
