import { readFileSync } from 'node:fs';
import { expect, test } from '@jupyterlab/galata';
import { EditorPage } from '../editorpage';

const EXAMPLE = JSON.parse(
  readFileSync('../examples/digits.keras.json', 'utf8')
);

test('a cell of the confusion matrix leads to its samples, and one of them through the drawing', async ({
  page,
  tmpPath
}) => {
  const document = structuredClone(EXAMPLE);
  document.kerasviz.training.fit.epochs = 1;
  const file = `${tmpPath}/results.keras.json`;
  const editor = await EditorPage.open(page, file, JSON.stringify(document));
  await editor.startKernel();
  await editor.command('train');
  await expect(editor.panel).toHaveAttribute('data-state', 'finished');
  await editor.panel.getByRole('tab', { name: 'Results' }).click();
  await editor.button('evaluate').click();
  const wrong = editor.panel.locator('[data-wrong="true"]').first();
  await expect(wrong).toBeVisible();
  const count = Number(await wrong.textContent());
  await wrong.click();
  await expect(wrong).toHaveAttribute('aria-pressed', 'true');
  const samples = editor.panel.locator('button[data-sample]');
  await expect(samples).toHaveCount(count);
  await expect(samples.first().locator('img')).toBeVisible();
  const index = await samples.first().getAttribute('data-sample');
  await samples.first().click();
  const bar = page.getByRole('region', { name: 'Look inside' });
  await expect(bar.getByLabel('Sample index')).toHaveValue(index!);
  await expect(bar).toHaveAttribute('data-weights', 'trained');
  const activation = editor.root.locator(
    '.react-flow__node .jp-kerasviz-OutputView'
  );
  await expect(activation.first()).toBeVisible();
  await editor.set('hidden:0', 'units', '48');
  await expect(editor.panel.getByText(/Outdated/)).toBeVisible();
});

test('a rate that is far too high is found, set right by a click, and the next run is better', async ({
  page,
  tmpPath
}) => {
  const document = structuredClone(EXAMPLE);
  document.compile_config.optimizer = {
    module: 'keras.optimizers',
    class_name: 'SGD',
    config: { learning_rate: 100 },
    registered_name: null
  };
  document.kerasviz.training.fit.epochs = 4;
  const file = `${tmpPath}/toofast.keras.json`;
  const editor = await EditorPage.open(page, file, JSON.stringify(document));
  await editor.startKernel();
  await editor.command('train');
  await expect(editor.panel).toHaveAttribute('data-state', 'finished');
  const mark = editor.chart('loss').locator('.jp-kerasviz-Chart-found button');
  await mark.filter({ hasText: 'Learning rate too high' }).click();
  const hint = editor.panel.locator('[data-code="learning-rate-too-high"]');
  await expect(hint).toContainText('learning rate of 100 is too high');
  await hint.getByRole('button', { name: /Set the learning rate/ }).click();
  await expect(hint).toContainText('Done');
  await hint.getByRole('button', { name: 'Train Again' }).click();
  await expect(hint).toHaveCount(0, { timeout: 60_000 });
  await expect(editor.panel).toHaveAttribute('data-state', 'finished');
  await editor.panel.getByRole('tab', { name: 'Curves' }).click();
  const values = editor.chart('loss').locator('.jp-kerasviz-Chart-values');
  await expect(values).toHaveText(/training [0-2]\./); // guessing gives 2.3
});
