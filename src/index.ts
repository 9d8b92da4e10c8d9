/** The plugins of the JupyterLab extension. */
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { codePlugin } from './lab/commands/code';
import { commandsPlugin } from './lab/commands/commands';
import { documentPlugin } from './lab/document/plugin';
import { filesPlugin } from './lab/files/files';
import { graphCommandsPlugin } from './lab/commands/graphcommands';
import { inspectorPlugin } from './lab/panels/formspanel';
import { kernelMenuPlugin } from './lab/kernel/kernelmenu';
import { launcherPlugin } from './lab/commands/launcher';
import { menuPlugin } from './lab/commands/menu';
import { openModelPlugin } from './lab/commands/openmodel';
import { palettePlugin } from './lab/panels/palettepanel';
import { picturesPlugin } from './lab/commands/pictures';
import { providersPlugin } from './lab/document/providers';
import { statusPlugin } from './lab/panels/status';

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  documentPlugin,
  commandsPlugin,
  graphCommandsPlugin,
  filesPlugin,
  menuPlugin,
  kernelMenuPlugin,
  launcherPlugin,
  palettePlugin,
  inspectorPlugin,
  codePlugin,
  openModelPlugin,
  picturesPlugin,
  statusPlugin,
  providersPlugin
];

export default plugins;
