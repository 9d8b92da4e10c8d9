import { expect, test, type Page } from '@playwright/test';
import {
  inPage,
  KERASVIZ,
  opened,
  PEER,
  withLargeModel,
  type IProgram
} from './largemodel';
import { quantile, report, type IResult } from './report';

/** Milliseconds between two frames of a screen with 60 of them a second. */
const FRAME = 1000 / 60;

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

/** The milliseconds between the frames of a page while something is done in it. */
async function frames(
  page: Page,
  action: () => Promise<void>
): Promise<number[]> {
  await inPage(
    page,
    `(() => {
      window.frameTimes = [];
      const record = time => {
        window.frameTimes.push(time);
        window.frameRequest = requestAnimationFrame(record);
      };
      window.frameRequest = requestAnimationFrame(record);
    })()`
  );
  await action();
  const times = await inPage<number[]>(
    page,
    '(cancelAnimationFrame(window.frameRequest), window.frameTimes)'
  );
  expect(times.length).toBeGreaterThan(50);
  return times.slice(1).map((time, i) => time - times[i]);
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
      const [ours, peer] = times.map(described);
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

/** The times between frames in words. One that came a little after the screen's beat is in time. */
function described(times: number[]): string {
  const late = times.filter(time => time > 1.5 * FRAME).length;
  const share = ((100 * late) / times.length).toFixed(1);
  return `${quantile(times, 0.95).toFixed(1)} ms (${share}% of frames late)`;
}
