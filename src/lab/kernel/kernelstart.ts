/** Gets a kernel for a document when the user asks for what needs one. */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { EditorModel } from '../../core';

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

function answered({ kernel }: EditorModel): Promise<void> {
  const waits = () => ['none', 'connecting'].includes(kernel.status.state);
  return new Promise(resolve => {
    const check = () => {
      if (!waits()) {
        kernel.changed.disconnect(check);
        resolve();
      }
    };
    if (waits()) {
      kernel.changed.connect(check);
    } else {
      resolve();
    }
  });
}
