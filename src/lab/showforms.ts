import type { JupyterFrontEnd } from '@jupyterlab/application';
import { INSPECTOR_ID } from './ids';

/** JupyterLab's command that shows the panel in which the forms are. */
const SHOW_FORMS = 'property-inspector:show-panel';

/** Brings the forms of the current document into sight: in JupyterLab's panel, or in that of kerasviz. */
export async function showForms(app: JupyterFrontEnd): Promise<void> {
  if (app.commands.hasCommand(SHOW_FORMS)) {
    await app.commands.execute(SHOW_FORMS);
  } else {
    app.shell.activateById(INSPECTOR_ID);
  }
}
