/** The plugins of the JupyterLab extension. */
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { codePlugin } from './lab/code';
import { commandsPlugin } from './lab/commands';
import { documentPlugin } from './lab/document';
import { filesPlugin } from './lab/files';
import { graphCommandsPlugin } from './lab/graphcommands';
import { inspectorPlugin } from './lab/inspector';
import { kernelMenuPlugin } from './lab/kernelmenu';
import { launcherPlugin } from './lab/launcher';
import { menuPlugin } from './lab/menu';
import { openModelPlugin } from './lab/openmodel';
import { palettePlugin } from './lab/palette';
import { picturesPlugin } from './lab/pictures';
import { providersPlugin } from './lab/providers';
import { statusPlugin } from './lab/status';

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
