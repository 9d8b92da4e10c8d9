import { readFileSync } from 'node:fs';
import { expect, test, type IJupyterLabPageFixture } from '@jupyterlab/galata';
import { EditorPage } from '../editorpage';

const DIGITS = readFileSync('../examples/digits.keras.json', 'utf8');

/** Opens a document that holds a text. */
async function open(
  page: IJupyterLabPageFixture,
  file: string,
  text: string
): Promise<EditorPage> {
  await page.contents.uploadContent(text, 'text', file);
  await page.filebrowser.open(file);
  const tab = page.locator('.jp-kerasviz-Document:visible');
  return new EditorPage(page, tab);
}

test('units that do not fit the classes of the data are said at the layer, and mended in one click', async ({
  page,
  tmpPath
}) => {
  const editor = await open(page, `${tmpPath}/digits.keras.json`, DIGITS);
  const card = editor.node('classes:0').locator('.jp-kerasviz-LayerNode');
  await editor.startKernel();
  await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
  await editor.set('classes:0', 'units', '9');
  await expect(card).toHaveAttribute('data-advice', /10/);
  await page
    .locator('.jp-kerasviz-LayerForm .jp-kerasviz-ErrorNotice button')
    .first()
    .click();
  await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
  await expect(card).not.toHaveAttribute('data-advice', /./);
  await editor.command('undo');
  await expect(editor.shape('classes:0')).toHaveText('(None, 9)');
});
