import { readFileSync } from 'node:fs';
import { expect, test } from '@jupyterlab/galata';
import { EditorPage } from '../editorpage';

const EXAMPLE = readFileSync('../examples/digits.keras.json', 'utf8');

test.beforeEach(async ({ page, tmpPath }) => {
  const path = `${tmpPath}/digits.keras.json`;
  await page.contents.uploadContent(EXAMPLE, 'text', path);
  await page.evaluate(async path => {
    await window.jupyterapp.commands.execute('docmanager:open', { path });
  }, path);
  await new EditorPage(
    page,
    page.locator('.jp-kerasviz-Document:visible')
  ).startKernel();
});

test('the code of what is drawn goes into a notebook and defines the model', async ({
  page,
  tmpPath
}) => {
  const tab = page.locator('.jp-kerasviz-Document:visible');
  const editor = new EditorPage(page, tab);
  await page.getByRole('tab', { name: 'Code', exact: true }).click();
  const code = page.getByLabel('Keras code');
  await expect(code).toContainText('layers.Dense(64, activation="relu"');
  await editor.set('hidden:0', 'units', '48');
  await page.getByRole('tab', { name: 'Code', exact: true }).click();
  await expect(code).toContainText('layers.Dense(48, activation="relu"');

  await page.locator('[data-command="insert-code"]').click();
  const cell = page.locator('.jp-Notebook:visible .jp-CodeCell').first();
  await expect(cell).toContainText('layers.Dense(48');
  await cell.locator('.cm-content').click();
  await page.keyboard.press('Shift+Enter');
  // The new notebook is on the kernel of the document.
  await expect
    .poll(() =>
      editor.python(
        `${tmpPath}/digits.keras.json`,
        'print(model.get_layer("hidden").units)'
      )
    )
    .toBe('48');
});
