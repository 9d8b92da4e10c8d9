import type { Kernel } from '@jupyterlab/services';

/** Milliseconds of silence after which a new connection is made. */
export const SILENCE = 5000;

/** Milliseconds in which a thread of the kernel that runs no cell should have imported kerasviz. */
export const LOST = 10_000;

/** What is known of a kernel that has said nothing since it was restarted. */
const SILENT: readonly Kernel.Status[] = ['autorestarting', 'unknown'];

/**
 * Connects again to a kernel, as long as it is silent.
 *
 * A kernel that dies in its first ten seconds, as one that runs out of memory does, comes back on new ports
 * (jupyter_client's `random_ports_until_alive`), and JupyterLab connects so early that the server may still know the old
 * ones only, where nobody answers. What it says of its status may come all the same, and only the answers be lost.
 *
 * @param isSilent - Whether it still is; by default a kernel that Jupyter Server restarted is until it says something.
 * @param silence - Milliseconds between two attempts.
 * @returns A function that ends the attempts.
 */
export function revive(
  kernel: Kernel.IKernelConnection,
  isSilent = () => SILENT.includes(kernel.status),
  silence = SILENCE
): () => void {
  const timer = setInterval(() => {
    if (kernel.isDisposed || !isSilent()) {
      clearInterval(timer);
    } else if (kernel.connectionStatus === 'connected') {
      kernel.reconnect().catch(() => undefined);
    }
  }, silence);
  return () => clearInterval(timer);
}
