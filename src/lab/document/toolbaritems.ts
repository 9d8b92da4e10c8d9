/** The parts of a document's toolbar that are no commands; `schema/plugin.json` has the order. */
import {
  type ISessionContext,
  type IToolbarWidgetRegistry,
  Toolbar
} from '@jupyterlab/apputils';
import type { ITranslator } from '@jupyterlab/translation';
import type { KerasWidget } from './keraswidget';

interface IToolbarOptions {
  translator: ITranslator;
  dialogs: ISessionContext.IDialogs;
}

/** Adds the kernel's name and status, as a notebook has them. */
export function addToolbarItems(
  registry: IToolbarWidgetRegistry,
  factory: string,
  options: IToolbarOptions
): void {
  const { translator, dialogs } = options;
  registry.addFactory<KerasWidget>(factory, 'kernelName', widget =>
    Toolbar.createKernelNameItem(
      widget.context.sessionContext,
      dialogs,
      translator
    )
  );
  registry.addFactory<KerasWidget>(factory, 'kernelStatus', widget =>
    Toolbar.createKernelStatusItem(widget.context.sessionContext, translator)
  );
}
