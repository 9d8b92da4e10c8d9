import type { Page } from '@playwright/test';
import type { IChosenJSON } from '../../src/core';

/** A sample for a drawing without data: coloured boxes for its first Input, a square of so many pixels. */
export function drawnSample(page: Page, side: number): Promise<IChosenJSON> {
  return page.evaluate(side => {
    const { editor } = window.jupyterapp.shell.currentWidget as unknown as {
      editor: import('../../src/core').EditorModel;
    };
    const picture = document.createElement('canvas');
    picture.width = picture.height = side;
    const brush = picture.getContext('2d')!;
    for (let x = 0; x < side; x += 8) {
      brush.fillStyle = `hsl(${x * 5}, 80%, ${20 + (56 * x) / side}%)`;
      brush.fillRect(x, x / 3, 60, 90);
    }
    const input = editor.document.graph.nodes[0].layer;
    const config = { picture: picture.toDataURL() };
    const changes = { [input]: { class_name: 'by_image', config } };
    return { class_name: 'changed', config: { changes } };
  }, side);
}
