/** Restarts of a kernel that a document shares with a notebook. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IKerasTracker } from '../document/tokens';

/** Tells documents that a notebook restarts their kernel: JupyterLab tells the notebook alone. */
export const restartsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'kerasviz:restarts',
  description: 'Tells Keras models that a notebook restarts their kernel.',
  autoStart: true,
  requires: [IKerasTracker, INotebookTracker],
  activate: (
    _: JupyterFrontEnd,
    tracker: IKerasTracker,
    notebooks: INotebookTracker
  ) => {
    notebooks.widgetAdded.connect((_, { sessionContext }) => {
      sessionContext.statusChanged.connect(() => {
        const { session, kernelDisplayStatus } = sessionContext;
        const kernel = session?.kernel?.id ?? '';
        // The kernel may say that it is idle before it ends.
        tracker.forEach(widget =>
          widget.setRestarting(kernel, kernelDisplayStatus === 'restarting')
        );
      });
    });
  }
};
