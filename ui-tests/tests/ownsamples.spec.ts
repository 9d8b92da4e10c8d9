import { readFileSync } from 'node:fs';
import { expect, test } from '@jupyterlab/galata';
import { EditorPage } from '../editorpage';

test('a digit is drawn by mouse and passes through the drawing', async ({
  page,
  tmpPath
}) => {
  const text = readFileSync('../examples/digits.keras.json', 'utf8');
  const file = `${tmpPath}/drawn.keras.json`;
  const editor = await EditorPage.open(page, file, text);
  await editor.startKernel();
  await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
  await editor.command('look-inside');
  const bar = editor.root.locator('.jp-kerasviz-SampleBar');
  const output = editor.node('classes:0').getByRole('img', { name: /Output/ });
  await expect(output).toBeVisible();
  const before = await output.getAttribute('title');

  // in one line, however large the fonts are; what it has no room for is unfolded
  const fonts = (size: string) =>
    page.evaluate(
      size =>
        document.documentElement.style.setProperty('--jp-ui-font-size1', size),
      size
    );
  await fonts('20px');
  await expect(bar.getByText('Draw', { exact: true })).toBeHidden();
  await expect(bar.locator('.jp-kerasviz-SampleBar-predicted')).toBeVisible();
  const line = (await bar.locator('.jp-kerasviz-OneLine').boundingBox())!;
  expect(line.height).toBeLessThan(40);
  await fonts('13px');
  await bar.getByRole('button', { name: 'More' }).click();
  const plane = bar.getByRole('button', { name: 'Input plane' });
  await expect(plane).toBeDisabled();
  await expect(plane).toHaveAttribute('title', /The samples here are images/);
  await bar.getByText('Draw', { exact: true }).click();
  const pad = bar.getByRole('application');
  const box = (await pad.boundingBox())!;
  await page.mouse.move(box.x + 80, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 80, box.y + 140, { steps: 6 });
  await page.mouse.up();
  await expect(bar.getByText('your own sample')).toBeVisible();
  await expect(output).not.toHaveAttribute('title', before!);
  await expect(bar.getByRole('alert')).toHaveCount(0);

  await bar.getByLabel('Samples of a class').selectOption('7');
  await expect(bar.getByText('target: 7')).toBeVisible();
  await expect(bar.getByText('your own sample')).toHaveCount(0);

  await bar.getByText('Change', { exact: true }).click();
  const picture = bar.getByRole('application');
  const at = (await picture.boundingBox())!;
  await page.mouse.move(at.x + 20, at.y + 20);
  await page.mouse.down();
  await page.mouse.move(at.x + 120, at.y + 120, { steps: 4 });
  await page.mouse.up();
  await expect(bar.getByText('changed')).toBeVisible();
  await expect(bar.locator('.jp-kerasviz-BeforeAfter tbody tr')).toHaveCount(3);
  await bar.getByText('Reset', { exact: true }).click();
  await expect(bar.getByText('changed')).toHaveCount(0);
  await expect(bar.locator('.jp-kerasviz-BeforeAfter')).toHaveCount(0);
});
