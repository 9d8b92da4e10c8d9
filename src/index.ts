/** The plugins of the JupyterLab extension. */
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { codePlugin } from './lab/commands/codeplugin';
import { commandsPlugin } from './lab/commands/commandsplugin';
import { dataCommandsPlugin } from './lab/commands/datacommandsplugin';
import { documentPlugin } from './lab/document/documentplugin';
import { filesPlugin } from './lab/files/filesplugin';
import { graphCommandsPlugin } from './lab/commands/graphcommandsplugin';
import { inspectorPlugin } from './lab/panels/inspectorplugin';
import { kernelMenuPlugin } from './lab/commands/kernelmenuplugin';
import { launcherPlugin } from './lab/commands/launcherplugin';
import { menuPlugin } from './lab/commands/menuplugin';
import { openModelPlugin } from './lab/commands/openmodelplugin';
import { palettePlugin } from './lab/panels/paletteplugin';
import { picturesPlugin } from './lab/files/picturesplugin';
import { providersPlugin } from './lab/document/providersplugin';
import { runEndsPlugin } from './lab/commands/runendsplugin';
import { runsCommandsPlugin } from './lab/commands/runscommandsplugin';
import { restartsPlugin } from './lab/commands/restartsplugin';
import { statusPlugin } from './lab/panels/statusplugin';

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  documentPlugin,
  commandsPlugin,
  graphCommandsPlugin,
  filesPlugin,
  menuPlugin,
  kernelMenuPlugin,
  restartsPlugin,
  runsCommandsPlugin,
  dataCommandsPlugin,
  runEndsPlugin,
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
