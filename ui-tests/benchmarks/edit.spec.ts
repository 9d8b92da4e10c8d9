import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jupyterlab/galata';
import { EditorPage } from '../editorpage';
import { FOLDER, quantile, report, type IResult } from './report';

const EDITS = 40;

/** From a change of a layer's `filters` to its new shape on screen: the time a person waits for the truth. */
for (const [name, layers, limit] of [
  ['ResNet50', 177, 100],
  ['NASNetLarge', 1041, 150]
] as const) {
  test(`edit to shapes, ${name}`, async ({ page, tmpPath }) => {
    const file = `${tmpPath}/${name}.keras.json`;
    const text = readFileSync(path.join(FOLDER, `${name}.keras.json`), 'utf8');
    await page.contents.uploadContent(text, 'text', file);
    await page.filebrowser.open(file);
    const editor = new EditorPage(
      page,
      page.locator('.jp-kerasviz-Document:visible')
    );
    await editor.startKernel();
    await expect(
      editor.root.locator('.jp-kerasviz-LayerNode-shape').first()
    ).toHaveText(/\(None/, { timeout: 120_000 });
    const times = await page.evaluate(async edits => {
      const { editor } = window.jupyterapp.shell.currentWidget as unknown as {
        editor: import('../../src/core').EditorModel;
      };
      const convolutions = editor.document.graph.nodes.filter(
        node => node.class_name === 'Conv2D'
      );
      const frame = () =>
        new Promise<number>(resolve => requestAnimationFrame(resolve));
      const times: number[] = [];
      for (let i = 0; i < edits; i++) {
        const node =
          convolutions[Math.floor(((i + 0.5) * convolutions.length) / edits)];
        editor.selection.select([node.id]);
        const selector = `.react-flow__node[data-id="${CSS.escape(node.id)}"] .jp-kerasviz-LayerNode-shape`;
        while (!document.querySelector(selector)) {
          await frame();
        }
        await frame();
        const before = document.querySelector(selector)!.textContent;
        const start = performance.now();
        editor.document.setArguments(node.layer, {
          filters: (node.config.filters as number) + 1
        });
        while (document.querySelector(selector)?.textContent === before) {
          await frame();
        }
        times.push(performance.now() - start);
        editor.document.undo();
        while (
          editor.analysis.value.pending ||
          document.querySelector(selector)?.textContent !== before
        ) {
          await frame();
        }
      }
      return times;
    }, EDITS);
    const p95 = quantile(times, 0.95);
    const row: IResult = {
      what: `edit to fresh shapes on screen, ${name} (${layers} layers), p95 of ${EDITS}`,
      ours: `${p95.toFixed(0)} ms (median ${quantile(times, 0.5).toFixed(0)} ms)`,
      peer: 'no peer does this; the limit is the measure',
      ratio: (p95 / limit).toFixed(2),
      limit: `1 (${limit} ms)`
    };
    report(`edit-${name}`, [row]);
  });
}
