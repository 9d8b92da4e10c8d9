/** Files that are there already are replaced only after a question. */
import { Dialog, showDialog } from '@jupyterlab/apputils';
import { type Contents, ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

/** Whether there is no such file, or the user lets it be replaced. */
export async function mayWrite(
  path: string,
  contents: Contents.IManager,
  trans: TranslationBundle
): Promise<boolean> {
  if (!(await exists(path, contents))) {
    return true;
  }
  const { button } = await showDialog({
    title: trans.__('Replace File?'),
    body: trans.__('"%1" already exists. Do you want to replace it?', path),
    buttons: [
      Dialog.cancelButton(),
      Dialog.warnButton({ label: trans.__('Replace') })
    ]
  });
  return button.accept;
}

async function exists(
  path: string,
  contents: Contents.IManager
): Promise<boolean> {
  try {
    await contents.get(path, { content: false });
    return true;
  } catch (reason) {
    if (
      reason instanceof ServerConnection.ResponseError &&
      reason.response.status === 404
    ) {
      return false;
    }
    throw reason;
  }
}
