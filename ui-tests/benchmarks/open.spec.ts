import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { FOLDER, quantile, report } from './report';
import { restored } from './restored';

const ROUNDS = 5;
const FILE = 'NASNetLarge.keras.json';
const NETRON = 'http://localhost:8897/';

/** Opens NASNetLarge's JSON until it is drawn and laid out: kerasviz from the double click, Netron from the click that lets it. */
test('opening NASNetLarge against Netron', async ({ browser, request }) => {
  const text = readFileSync(path.join(FOLDER, FILE), 'utf8');
  await request.put(`/api/contents/${FILE}`, {
    data: { type: 'file', format: 'text', content: text }
  });
  const netron = spawn(
    'netron',
    ['--port', '8897', path.resolve(FOLDER, FILE)],
    { env: { ...process.env, BROWSER: 'true' }, stdio: 'ignore' }
  );
  try {
    await expect
      .poll(() =>
        request.get(NETRON).then(
          r => r.ok(),
          () => false
        )
      )
      .toBe(true);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const lab = await browser.newPage();
      await lab.goto('/lab?reset');
      await restored(lab);
      ours.push(
        await lab.evaluate(async file => {
          const start = performance.now();
          await window.jupyterapp.commands.execute('docmanager:open', {
            path: file
          });
          while (document.querySelectorAll('.react-flow__edge').length === 0) {
            await new Promise(requestAnimationFrame);
          }
          return performance.now() - start;
        }, FILE)
      );
      await lab.close();
      const peer = await browser.newPage();
      await peer.goto(NETRON);
      // Its page is loaded by now: it opens the file once its terms are accepted.
      const accept = peer.locator('button:visible').first();
      await accept.waitFor();
      const start = performance.now();
      await accept.click();
      await peer.locator('body.default').waitFor({ timeout: 30_000 });
      await peer
        .locator('.graph-node')
        .nth(1000)
        .waitFor({ state: 'attached', timeout: 30_000 });
      theirs.push(performance.now() - start);
      await peer.close();
    }
    const [mine, peer] = [ours, theirs].map(times =>
      // The first round fills the caches.
      quantile(times.slice(1), 0.5)
    );
    report('open', [
      {
        what: `opening NASNetLarge's JSON until drawn and laid out, median of ${ROUNDS}`,
        ours: `${mine.toFixed(0)} ms`,
        peer: `Netron ${peer.toFixed(0)} ms`,
        ratio: (mine / peer).toFixed(2),
        limit: 'below 1'
      }
    ]);
  } finally {
    netron.kill();
    await request.delete(`/api/contents/${FILE}`);
  }
});
