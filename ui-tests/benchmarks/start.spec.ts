import { expect, test } from '@playwright/test';
import { quantile, report } from './report';
import { restored } from './restored';

const ROUNDS = 9;

/** From the request for the page to JupyterLab restored, with the extension and without, in turn. */
test("the extension's share of JupyterLab's start", async ({ browser }) => {
  const times: Record<string, number[]> = { with: [], without: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    for (const kind of Object.keys(times)) {
      const page = await browser.newPage();
      if (kind === 'without') {
        // What a disabled extension is to JupyterLab: absent from the page's configuration.
        await page.route('**/lab?*', async route => {
          const response = await route.fetch();
          const body = (await response.text()).replace(
            /<script id="jupyter-config-data" type="application\/json">([\s\S]*?)<\/script>/,
            (tag, json: string) => {
              const config = JSON.parse(json);
              config.federated_extensions = config.federated_extensions.filter(
                ({ name }: { name: string }) => name !== 'kerasviz'
              );
              return tag.replace(json, JSON.stringify(config));
            }
          );
          await route.fulfill({ response, body });
        });
      }
      const start = performance.now();
      await page.goto('/lab?reset');
      await restored(page);
      const time = performance.now() - start;
      const loaded = await page.evaluate(() =>
        window.jupyterapp.hasPlugin('kerasviz:commands')
      );
      expect(loaded).toBe(kind === 'with');
      // The first round fills the caches.
      if (round > 0) {
        times[kind].push(time);
      }
      await page.close();
    }
  }
  const [ours, bare] = ['with', 'without'].map(kind =>
    quantile(times[kind], 0.5)
  );
  report('start', [
    {
      what: `JupyterLab's start, median of ${ROUNDS}`,
      ours: `${ours.toFixed(0)} ms (${(ours - bare).toFixed(0)} ms more)`,
      peer: `without kerasviz ${bare.toFixed(0)} ms`,
      ratio: (ours / bare).toFixed(3),
      limit: 'below 150 ms more'
    }
  ]);
});
