/** Gets a kernel for a document when the user asks for what needs one. */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { EditorModel, EditorModelChange, KernelClient } from '../../core';

/**
 * Starts the default Python kernel, or lets the user choose one, unless the document has a kernel.
 *
 * @returns When the kernel can answer, or it is known that there is none that can.
 */
export async function ensureKernel(
  sessionContext: ISessionContext,
  dialogs: ISessionContext.IDialogs,
  model: EditorModel
): Promise<void> {
  await sessionContext.initialize();
  if (!sessionContext.session?.kernel && (await start(sessionContext))) {
    await dialogs.selectKernel(sessionContext);
  }
  if (sessionContext.session?.kernel) {
    await answered(model);
  }
}

/**
 * The kernel of a document, started where it can be.
 *
 * @throws Error where there is none.
 */
export async function requireKernel(
  editor: EditorModel,
  trans: TranslationBundle
): Promise<KernelClient> {
  await editor.kernelStatus.start?.();
  if (!editor.kernel) {
    throw new Error(trans.__('No kernel is running. Start one first.'));
  }
  return editor.kernel;
}

/** Opening a document starts no kernel, so its preference says so; here the user asked. */
async function start(sessionContext: ISessionContext): Promise<boolean> {
  const preference = sessionContext.kernelPreference;
  sessionContext.kernelPreference = {
    ...preference,
    shouldStart: true,
    autoStartDefault: true
  };
  try {
    return await sessionContext.startKernel();
  } finally {
    sessionContext.kernelPreference = preference;
  }
}

function answered(model: EditorModel): Promise<void> {
  const waits = () => ['none', 'connecting'].includes(model.kernelStatus.state);
  return new Promise(resolve => {
    const check = (_: EditorModel, change: EditorModelChange) => {
      if (change === 'kernel' && !waits()) {
        model.changed.disconnect(check);
        resolve();
      }
    };
    if (waits()) {
      model.changed.connect(check);
    } else {
      resolve();
    }
  });
}
