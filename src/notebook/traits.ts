/** The traits of the widget; `kerasviz/widget.py` has the other side. */
import type { AnyModel } from '@anywidget/types';
import type { IRun } from '../core';

export interface ITraits {
  /** What the widget shows: an editor, or the charts of a callback. */
  _view: 'editor' | 'charts';
  /** Text of the document. */
  _document: string;
  /** Pixels. */
  _height: number;
  /** The run as it was at the end of the last epoch, for a page without a kernel. */
  _run: IRun | null;
}

export type WidgetModel = AnyModel<ITraits>;
