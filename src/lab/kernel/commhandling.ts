import type { ISessionContext } from '@jupyterlab/apputils';

/**
 * Leaves the comms of a kernel to whoever needs them: only one connection to a kernel handles them, the first, and a
 * notebook whose connection does not can't show its widgets. `CommTransport` does without.
 *
 * JupyterLab decides this as it makes a connection. So this must be called before there is a session, and acts before
 * anybody else can connect: a page that is restored connects all its documents at the same time.
 */
export function leaveComms(sessionContext: ISessionContext): void {
  const leave = () => {
    const kernel = sessionContext.session?.kernel;
    if (kernel) {
      Object.assign(kernel, { handleComms: false });
    }
  };
  sessionContext.kernelChanged.connect(leave);
  leave();
}
