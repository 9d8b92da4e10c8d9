import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { EditorPage } from '../editorpage';
import { drawnSample } from './drawnsample';
import { frames, inWords } from './frames';
import { KERASVIZ, opened } from './largemodel';
import { FOLDER, quantile, report } from './report';

const ROUNDS = 2;

const STROKES = 2;

/** Dragging NASNetLarge while the cards show what comes out of their layers for a sample, and while they do not, in turn. */
test('panning NASNetLarge with pictures on the cards', async ({
  browser,
  request
}) => {
  const file = 'NASNetLarge.keras.json';
  const content = readFileSync(path.join(FOLDER, file), 'utf8');
  await request.put(`/api/contents/${file}`, {
    data: { type: 'file', format: 'text', content }
  });
  const page = await KERASVIZ.idlePage(browser);
  await opened(page, KERASVIZ);
  const editor = EditorPage.front(page);
  const pictures = editor.root.locator('.react-flow__node canvas');
  await editor.startKernel();
  await expect(
    editor.root.locator('.jp-kerasviz-LayerNode-shape').first()
  ).toHaveText(/\(None/, { timeout: 120_000 });
  const sample = await drawnSample(page, 331);
  const look = (isOpen: boolean) =>
    page.evaluate(
      async ({ isOpen, sample }) => {
        const { editor } = window.jupyterapp.shell.currentWidget as unknown as {
          editor: import('../../src/core').EditorModel;
        };
        const { inside } = editor;
        await (isOpen ? inside.follow(sample) : inside.close());
      },
      { isOpen, sample }
    );
  const area = (await editor.root.locator('.react-flow__pane').boundingBox())!;
  const [x, top] = [area.x + area.width / 2 + 60, area.y + 40];
  const reach = area.height - 80;

  /** Down the model and up again, with a rest between two strokes, in which pictures come. */
  async function pan(hasPictures: boolean): Promise<void> {
    for (let stroke = 0; stroke < STROKES; stroke++) {
      const isDown = stroke < STROKES / 2;
      const from = isDown ? top + reach : top;
      await page.mouse.move(x, from);
      await page.mouse.down();
      for (let step = 1; step <= 60; step++) {
        const way = (reach * step) / 60;
        await page.mouse.move(x, isDown ? from - way : from + way);
      }
      await page.mouse.up();
      if (hasPictures) {
        await expect(pictures).not.toHaveCount(0);
      }
    }
  }

  const times: number[][] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    for (const hasPictures of [false, true]) {
      await look(hasPictures);
      await expect(pictures.first()).toBeVisible({ visible: hasPictures });
      if (round === 0) {
        await expect(
          editor.root.locator('.jp-kerasviz-SampleBar-predicted')
        ).toBeVisible({ visible: hasPictures, timeout: 120_000 });
      }
      times[Number(hasPictures)].push(
        ...(await frames(page, () => pan(hasPictures)))
      );
    }
  }
  const [without, withPictures] = times.map(inWords);
  report('panlook', [
    {
      what: 'panning in NASNetLarge with the pictures of a sample on the cards, p95 of the times between frames',
      ours: withPictures,
      peer: `the same without pictures ${without}`,
      ratio: (quantile(times[1], 0.95) / quantile(times[0], 0.95)).toFixed(2),
      limit: '1.2'
    }
  ]);
});
