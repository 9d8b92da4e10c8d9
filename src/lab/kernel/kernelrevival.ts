import type { Kernel } from '@jupyterlab/services';

/** Milliseconds of silence after which a new connection is made. */
export const SILENCE = 5000;

/** What is known of a kernel that has said nothing since it was restarted. */
const SILENT: readonly Kernel.Status[] = ['autorestarting', 'unknown'];

/**
 * Connects again to a kernel that Jupyter Server restarted by itself, until it says something.
 *
 * A kernel that dies in its first ten seconds, as one that runs out of memory does, comes back on new ports
 * (jupyter_client's `random_ports_until_alive`), and JupyterLab connects so early that the server may still know the old
 * ones only, where nobody answers.
 *
 * @returns A function that ends the attempts.
 */
export function revive(kernel: Kernel.IKernelConnection): () => void {
  const timer = setInterval(() => {
    if (kernel.isDisposed || !SILENT.includes(kernel.status)) {
      clearInterval(timer);
    } else if (kernel.connectionStatus === 'connected') {
      kernel.reconnect().catch(() => undefined);
    }
  }, SILENCE);
  return () => clearInterval(timer);
}
