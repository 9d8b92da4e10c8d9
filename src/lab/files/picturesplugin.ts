/** Pictures of a model, as downloads. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { ITranslator } from '@jupyterlab/translation';
import { download } from '../../editor/download';
import { DocumentCommands } from '../commands/documentcommands';
import { CommandIDs } from '../ids';
import { IKerasTracker } from '../document/tokens';
import type { KerasWidget } from '../document/keraswidget';

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
    const documents = new DocumentCommands({ app, tracker, trans, palette });
    const add = (
      id: string,
      label: string,
      ending: string,
      draw: (widget: KerasWidget) => Promise<Blob>
    ) =>
      documents.add(id, {
        label,
        failure: trans.__('Could not export the image'),
        isEnabled: args => !!documents.editor(args)?.document.model,
        execute: async args => {
          const widget = documents.widget(args);
          if (widget) {
            const name = PathExt.basename(widget.context.path).split('.')[0];
            download(await draw(widget), `${name}${ending}`);
          }
        }
      });

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
