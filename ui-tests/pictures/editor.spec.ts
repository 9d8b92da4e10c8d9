import { readFileSync } from 'node:fs';
import { expect, test } from '@jupyterlab/galata';
import { EditorPage } from '../editorpage';

test('the digits example, trained', async ({ page, tmpPath }) => {
  const file = `${tmpPath}/digits.keras.json`;
  const text = readFileSync('../examples/digits.keras.json', 'utf8');
  await page.contents.uploadContent(text, 'text', file);
  await page.filebrowser.open(file);
  const editor = new EditorPage(
    page,
    page.locator('.jp-kerasviz-Document:visible')
  );
  await page.sidebar.openTab('kerasviz-palette');
  await editor.startKernel();
  await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
  await editor.command('train');
  await expect(editor.panel).toHaveAttribute('data-state', 'finished');
  await editor.command('fit-view');
  await editor.node('hidden:0').click();
  await page.screenshot({ path: '../docs/pictures/editor.png' });
});
