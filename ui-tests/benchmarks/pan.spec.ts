import { test, type Page } from '@playwright/test';
import { FRAME, frames, inWords } from './frames';
import {
  inPage,
  KERASVIZ,
  opened,
  PEER,
  withLargeModel,
  type IProgram
} from './largemodel';
import { quantile, report, type IResult } from './report';

const ROUNDS = 3;

/** Drags the drawing with the mouse, five times over most of the window. */
async function pan(page: Page, { isFree }: IProgram): Promise<void> {
  const y = 700;
  for (let stroke = 0; stroke < 5; stroke++) {
    const x = await inPage<number>(
      page,
      `(y => Array.from({ length: 60 }, (_, i) => 340 + 10 * i).find(x => ${isFree}))(${y})`
    );
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let step = 1; step <= 60; step++) {
      await page.mouse.move(x + 100 * Math.sin(step / 10), y - 10 * step);
    }
    await page.mouse.up();
  }
}

/** Turns the wheel until a large part of the model is in sight, and back, twice. */
async function zoom(page: Page, { zoomKey }: IProgram): Promise<void> {
  await page.mouse.move(640, 450);
  if (zoomKey) {
    await page.keyboard.down(zoomKey);
  }
  for (const turn of [1, -1, 1, -1]) {
    for (let step = 0; step < 40; step++) {
      await page.mouse.wheel(0, 40 * turn);
    }
  }
  if (zoomKey) {
    await page.keyboard.up(zoomKey);
  }
}

/** Real input of the mouse in the same drawing of both programs, in turn. */
test('panning and zooming NASNetLarge against Netron', async ({
  browser,
  request
}) => {
  const rows: IResult[] = [];
  await withLargeModel(request, async () => {
    const programs = [KERASVIZ, PEER];
    const pages: Page[] = [];
    for (const program of programs) {
      const page = await program.idlePage(browser);
      await opened(page, program);
      pages.push(page);
    }
    for (const [name, act] of Object.entries({ panning: pan, zooming: zoom })) {
      const times: number[][] = [[], []];
      for (let round = 0; round < ROUNDS; round++) {
        for (const [i, page] of pages.entries()) {
          await page.bringToFront();
          times[i].push(...(await frames(page, () => act(page, programs[i]))));
        }
      }
      const [ours, peer] = times.map(inWords);
      rows.push({
        what: `${name} in NASNetLarge (1041 layers) with the mouse, p95 of the times between frames`,
        ours,
        peer: `Netron ${peer}`,
        ratio: (quantile(times[0], 0.95) / FRAME).toFixed(1),
        limit: '1 (16.7 ms, 60 frames a second)'
      });
    }
  });
  report('pan', rows);
});
