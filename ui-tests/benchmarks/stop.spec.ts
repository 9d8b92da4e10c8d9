import { readFileSync } from 'node:fs';
import { expect, test } from '@jupyterlab/galata';
import { EditorPage } from '../editorpage';
import { quantile, report } from './report';

const ROUNDS = 9;
const DIGITS = JSON.parse(
  readFileSync('../examples/digits.keras.json', 'utf8')
);

/** Milliseconds after which a person would press again. */
const PATIENCE = 1000;

/** From the click on Stop until the page says that the run has stopped. */
test('stopping a run', async ({ page, tmpPath }) => {
  DIGITS.kerasviz.training.fit.epochs = 20_000;
  const editor = await EditorPage.open(
    page,
    `${tmpPath}/long.keras.json`,
    JSON.stringify(DIGITS)
  );
  await editor.startKernel();
  await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await editor.command('train');
    await expect(editor.panel).toHaveAttribute('data-state', 'training');
    await expect.poll(() => editor.points('loss')).toBeGreaterThan(5);
    const start = performance.now();
    await editor.button('stop').click();
    await editor.panel.and(page.locator('[data-state=stopped]')).waitFor();
    times.push(performance.now() - start);
  }
  report('stop', [
    {
      what: `a click on Stop until the run has stopped, median of ${ROUNDS}`,
      ours: `${quantile(times, 0.5).toFixed(0)} ms (slowest ${Math.max(...times).toFixed(0)} ms)`,
      peer: '',
      ratio: (quantile(times, 0.5) / PATIENCE).toFixed(2),
      limit: `1 (${PATIENCE} ms, after which one presses again)`
    }
  ]);
});
