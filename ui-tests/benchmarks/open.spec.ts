import { test } from '@playwright/test';
import { KERASVIZ, opened, PEER, withLargeModel } from './largemodel';
import { quantile, report } from './report';

const ROUNDS = 5;

/** Both programs are loaded and idle in a fresh page; from the act of opening until the picture is painted. */
test('opening NASNetLarge against Netron', async ({ browser, request }) => {
  const times: number[][] = [[], []];
  await withLargeModel(request, async () => {
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [i, program] of [KERASVIZ, PEER].entries()) {
        const page = await program.idlePage(browser);
        const time = await opened(page, program);
        await page.close();
        // In the first round the servers read their files from the disk.
        if (round > 0) {
          times[i].push(time);
        }
      }
    }
  });
  const [ours, peer] = times.map(values => quantile(values, 0.5));
  report('open', [
    {
      what: `opening NASNetLarge's JSON in a page that is loaded and idle, until drawn and laid out, median of ${ROUNDS}`,
      ours: `${ours.toFixed(0)} ms`,
      peer: `Netron ${peer.toFixed(0)} ms`,
      ratio: (ours / peer).toFixed(2),
      limit: 'below 1'
    }
  ]);
});
