/** Says that a model is being saved; an export says its steps, and can be stopped. */
import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { say } from '../../core/translation';
import {
  asKerasError,
  type ISaved,
  type KernelClient,
  type KernelEvent
} from '../../core';

/**
 * Asks a kernel to save, and shows a notification until the file is there or is not.
 *
 * @returns What was saved; null where somebody has stopped it.
 */
export async function savedWithNotice(
  path: string,
  kernel: KernelClient,
  trans: TranslationBundle,
  ask: () => Promise<ISaved>
): Promise<ISaved | null> {
  const message = trans.__('Saving %1…', path);
  const id = Notification.emit(message, 'in-progress', { autoClose: false });
  const stop = {
    label: trans.__('Stop'),
    caption: trans.__('Stop the export; no file is written'),
    callback: (event: MouseEvent) => {
      event.preventDefault(); // it goes when the kernel has stopped
      kernel.request('end_save', { path }).catch(() => undefined);
    }
  };
  const onEvent = (_: KernelClient, event: KernelEvent) => {
    if (event.event === 'saving' && event.payload.path === path) {
      const step = say(event.payload.step);
      Notification.update({
        id,
        message: `${message} ${step}`,
        autoClose: false,
        actions: [stop]
      });
    }
  };
  kernel.event.connect(onEvent);
  try {
    return await ask();
  } catch (reason) {
    const error = asKerasError(reason);
    if (error.code !== 'stopped') {
      throw reason;
    }
    Notification.info(say(error.message), { autoClose: 5_000 });
    return null;
  } finally {
    kernel.event.disconnect(onEvent);
    Notification.dismiss(id);
  }
}
