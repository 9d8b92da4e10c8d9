import type { ISessionContext } from '@jupyterlab/apputils';
import type { Widget } from '@lumino/widgets';

/** A notebook, or a console. */
type WithSession = Widget & { sessionContext?: ISessionContext };

/**
 * Finds who of a page handles the comms of a document's kernel: a notebook beside it, or else the document.
 *
 * JupyterLab tells only whoever restarts a kernel that it restarts. A notebook that is not told keeps its widgets,
 * as if they were alive, and the new ones send to a thread of the kernel that has ended.
 */
export function commHandler(
  widgets: Iterable<Widget>,
  context: ISessionContext
): ISessionContext {
  const id = context.session?.kernel?.id;
  for (const { sessionContext } of widgets as Iterable<WithSession>) {
    const kernel = sessionContext?.session?.kernel;
    if (kernel?.handleComms && kernel.id === id) {
      return sessionContext!;
    }
  }
  return context;
}
