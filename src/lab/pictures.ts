/** Pictures of a model, as downloads. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette, showErrorMessage } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { ITranslator } from '@jupyterlab/translation';
import { CommandIDs } from './ids';
import { IKerasTracker } from './tokens';
import type { KerasWidget } from './widget';

/** Adds the commands that export pictures. */
export const picturesPlugin: JupyterFrontEndPlugin<void> = {
  id: 'kerasviz:pictures',
  description: 'Exports pictures of Keras models.',
  autoStart: true,
  requires: [IKerasTracker, ITranslator],
  optional: [ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    tracker: IKerasTracker,
    translator: ITranslator,
    palette: ICommandPalette | null
  ) => {
    const trans = translator.load('kerasviz');
    const add = (
      command: string,
      label: string,
      ending: string,
      draw: (widget: KerasWidget) => Promise<Blob>
    ) => {
      app.commands.addCommand(command, {
        label,
        isVisible: () =>
          tracker.currentWidget !== null &&
          tracker.currentWidget === app.shell.currentWidget,
        isEnabled: () => !!tracker.currentWidget?.editor?.document.model,
        describedBy: { args: { type: 'object', properties: {} } },
        execute: async () => {
          const widget = tracker.currentWidget;
          if (!widget) {
            return;
          }
          try {
            const name = PathExt.basename(widget.context.path).split('.')[0];
            download(await draw(widget), `${name}${ending}`);
          } catch (reason) {
            await showErrorMessage(
              trans.__('The picture was not made'),
              reason instanceof Error ? reason.message : String(reason)
            );
          }
        }
      });
      palette?.addItem({ command, category: trans.__('Keras Model') });
    };

    add(
      CommandIDs.exportSVG,
      trans.__('Export Canvas as SVG…'),
      '.svg',
      async widget => svgBlob(canvas(widget))
    );
    add(
      CommandIDs.exportPNG,
      trans.__('Export Canvas as PNG…'),
      '.png',
      async widget =>
        widget.content.editor!.components.rasterize(canvas(widget))
    );
    add(
      CommandIDs.exportDiagram,
      trans.__('Export Keras’ Diagram as SVG…'),
      '.diagram.svg',
      async widget => svgBlob((await widget.editor!.ask('diagram', {})).svg)
    );
  }
};

function canvas({ content }: KerasWidget): string {
  const { components, model } = content.editor!;
  return components.canvasSVG(model, getComputedStyle(content.node));
}

function svgBlob(svg: string): Blob {
  return new Blob([svg], { type: 'image/svg+xml' });
}

function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
