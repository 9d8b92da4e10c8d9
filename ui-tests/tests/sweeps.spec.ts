import { readFileSync } from 'node:fs';
import { expect, test } from '@jupyterlab/galata';
import { EditorPage } from '../editorpage';

test('tries several values of what is drawn, and sees the trials as runs', async ({
  page,
  tmpPath
}) => {
  const document = JSON.parse(
    readFileSync('../examples/digits.keras.json', 'utf8')
  );
  document.kerasviz.training.fit.epochs = 2;
  const editor = await EditorPage.open(
    page,
    `${tmpPath}/tried.keras.json`,
    JSON.stringify(document)
  );
  await editor.node('hidden:0').click();
  await page.getByRole('tab', { name: 'Layer', exact: true }).click();
  const units = page.locator('[data-argument="units"]:visible');
  await units.hover();
  await units.getByLabel('Try several values of units').click();
  const values = units.getByLabel('Values, with commas between');
  await values.fill('8, 16, 32');
  await values.press('Enter');

  await page.getByRole('tab', { name: 'Train', exact: true }).click();
  const sweep = page.locator('[data-section="sweep"]:visible');
  await sweep
    .locator('[data-argument="strategy"] select')
    .first()
    .selectOption({ label: 'Every combination' });
  await sweep.locator('[data-command="sweep"]').click();
  await editor.panel.getByRole('tab', { name: 'Runs' }).click();
  await expect(
    editor.panel.locator('[data-state="finished"] [data-column="name"]')
  ).toHaveCount(3);
  await expect(editor.panel.locator('polyline[data-trial]')).toHaveCount(3);
  await expect(editor.panel.locator('[data-best]').first()).toContainText(
    'Trial'
  );
});

/** Digits with a sweep over learning rates, of which one is no number that trains. */
const swept = (rates: readonly number[], epochs: number): string => {
  const document = JSON.parse(
    readFileSync('../examples/digits.keras.json', 'utf8')
  );
  const { training } = document.kerasviz;
  training.fit.epochs = epochs;
  training.seed = 1;
  training.sweep = {
    class_name: 'grid',
    config: {},
    ranges: [
      {
        path: ['compile_config', 'optimizer', 'config', 'learning_rate'],
        values: rates
      }
    ]
  };
  return JSON.stringify(document);
};

test(
  'goes on with a sweep after a stop, and opens the script of the best trial',
  { tag: '@thorough' },
  async ({ page, tmpPath }) => {
    const editor = await EditorPage.open(
      page,
      `${tmpPath}/goes-on.keras.json`,
      swept([0.01, -1, 0.02, 0.03], 12)
    );
    const rows = (state: string) =>
      editor.panel.locator(`tr[data-state="${state}"]`);
    await page.getByRole('tab', { name: 'Train', exact: true }).click();
    const sweep = page.locator('[data-section="sweep"]:visible');
    await sweep.locator('[data-command="sweep"]').click();
    await editor.panel.getByRole('tab', { name: 'Runs' }).click();
    await expect(rows('finished')).toHaveCount(1);
    await expect(rows('training')).toHaveCount(1);
    await page.evaluate(() =>
      window.jupyterapp.commands.execute('kerasviz:end-sweep')
    );
    await expect(rows('stopped')).toHaveCount(1);
    await expect(rows('failed')).toHaveCount(1);

    const goOn = sweep.locator('[data-command="go-on-sweep"]');
    await goOn.click();
    await expect(rows('finished')).toHaveCount(3);
    await expect(editor.panel.locator('[data-failed]')).toContainText(
      'above 0'
    );
    await editor.panel.locator('[data-command="open-best-code"]').click();
    await expect(page.locator('.jp-FileEditor:visible')).toContainText(
      'import keras'
    );
  }
);

test(
  'finds a learning rate by one click, and the model stays as it is',
  { tag: '@thorough' },
  async ({ page, tmpPath }) => {
    const editor = await EditorPage.open(
      page,
      `${tmpPath}/rate.keras.json`,
      readFileSync('../examples/digits.keras.json', 'utf8')
    );
    await page.getByRole('tab', { name: 'Train', exact: true }).click();
    const test = page.locator('.jp-kerasviz-RateTest:visible');
    await test.getByText('Find a Learning Rate').click();
    await expect(test).toHaveAttribute('data-state', 'finished');
    await expect(test.getByRole('figure')).toHaveAttribute(
      'aria-label',
      /proposed: 0\.\d/
    );
    const use = test.locator('[data-command="use-rate"]');
    const rate = (await use.innerText()).replace('Use ', '');
    await use.click();
    const field = page
      .locator('[data-argument="learning_rate"]:visible input')
      .first();
    await expect(field).toHaveValue(rate);
    await expect(use).toBeDisabled();
    await editor.command('undo');
    await expect(field).not.toHaveValue(rate);

    // By keyboard alone, and ended early.
    await page.keyboard.press('Control+Shift+C');
    await page
      .locator('.lm-CommandPalette-input:visible')
      .fill('find a learning');
    await page.keyboard.press('Enter');
    await expect(test).toHaveAttribute('data-state', 'active');
    await page.keyboard.press('Control+Shift+C');
    await page
      .locator('.lm-CommandPalette-input:visible')
      .fill('stop finding a learning');
    await page.keyboard.press('Enter');
    await expect(test).toHaveAttribute('data-state', /stopped|finished/);
    await expect(page.locator('.jp-kerasviz-TrainPanel')).toHaveAttribute(
      'data-state',
      'none'
    );
  }
);
