/** Says that models are being saved; exports say their steps, and can be stopped. */
import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { say } from '../../core/translation';
import { asKerasError, type DocumentExports, type ISaved } from '../../core';
import { formatBytes } from '../../editor/format';

/**
 * Shows a notification for each export that goes on, also for those that the page finds when it is opened.
 *
 * @returns Takes them away.
 */
export function showExports(
  exports: DocumentExports,
  trans: TranslationBundle
): () => void {
  const shown = shownOf(exports);
  const show = (): void => {
    for (const [path, step] of exports.going) {
      const options = {
        message: trans.__('Saving %1. %2', path, say(step)),
        autoClose: false as const,
        actions: [stopOf(exports, path, trans)]
      };
      const id = shown.get(path);
      if (id) {
        Notification.update({ id, ...options });
      } else {
        const { message } = options;
        shown.set(path, Notification.emit(message, 'in-progress', options));
      }
    }
    for (const path of [...shown.keys()]) {
      if (!exports.going.has(path) && !exports.isAwaited(path)) {
        dismiss(exports, path);
      }
    }
  };
  exports.changed.connect(show);
  exports.ended.connect((_, { path, saved, error }) => {
    if (saved) {
      tellSaved(saved, trans);
    } else if (error) {
      const message = trans.__(
        'Could not save %1. %2',
        path,
        say(error.message)
      );
      Notification.error(message, { autoClose: false });
    }
  });
  show();
  return () => [...shown.keys()].forEach(path => dismiss(exports, path));
}

/**
 * Waits until a model is saved, and shows a notification meanwhile, in which an export says its steps.
 *
 * @returns What was saved; null where somebody has stopped it.
 */
export async function savedWithNotice(
  path: string,
  exports: DocumentExports,
  trans: TranslationBundle,
  saved: Promise<ISaved>
): Promise<ISaved | null> {
  const message = trans.__('Saving %1…', path);
  const shown = shownOf(exports);
  if (!shown.has(path)) {
    const options = { autoClose: false as const };
    shown.set(path, Notification.emit(message, 'in-progress', options));
  }
  try {
    return await exports.awaited(path, saved);
  } catch (reason) {
    const error = asKerasError(reason);
    if (error.code !== 'stopped') {
      throw reason;
    }
    Notification.info(say(error.message), { autoClose: 5_000 });
    return null;
  } finally {
    if (!exports.going.has(path)) {
      dismiss(exports, path);
    }
  }
}

/** The notifications about the files of a document, by their paths. */
function shownOf(exports: DocumentExports): Map<string, string> {
  const found = SHOWN.get(exports) ?? new Map<string, string>();
  SHOWN.set(exports, found);
  return found;
}

function dismiss(exports: DocumentExports, path: string): void {
  const shown = shownOf(exports);
  Notification.dismiss(shown.get(path));
  shown.delete(path);
}

const SHOWN = new WeakMap<DocumentExports, Map<string, string>>();

/** Says what was saved, and where the weights are from. */
export function tellSaved(
  saved: ISaved,
  trans: TranslationBundle,
  more: readonly string[] = []
): void {
  const said = [...told(saved, trans), ...more];
  Notification.success(said.join(' '), { autoClose: 15_000 });
}

/** What was saved; of a file for another program how it was checked, as JupyterLab cuts long messages. */
function told(saved: ISaved, trans: TranslationBundle): string[] {
  const size = formatBytes(saved.bytes);
  if (saved.notes.length) {
    const { path, notes } = saved;
    return [trans.__('Saved %1 (%2).', path, size), ...notes.map(say)];
  }
  return [trans.__('Saved %1 (%2): %3.', saved.path, size, say(saved.keeps))];
}

function stopOf(
  exports: DocumentExports,
  path: string,
  trans: TranslationBundle
): Notification.IAction {
  return {
    label: trans.__('Stop'),
    caption: trans.__('Stop the export; no file is written'),
    callback: event => {
      event.preventDefault(); // it goes when the kernel has stopped
      exports.stop(path).catch(() => undefined);
    }
  };
}
