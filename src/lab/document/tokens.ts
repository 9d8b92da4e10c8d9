/** What other extensions can ask for. */
import type { IWidgetTracker } from '@jupyterlab/apputils';
import { Token } from '@lumino/coreutils';
import type { KerasWidget } from './keraswidget';

/** Keeps track of the open Keras documents. */
export interface IKerasTracker extends IWidgetTracker<KerasWidget> {}

/** The token of the tracker. */
export const IKerasTracker = new Token<IKerasTracker>(
  'kerasviz:IKerasTracker',
  'The open Keras documents: iterate over them, and know the current one.'
);
