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

test('a layer used again is one layer: its calls light up and change together, until one is unlinked', async ({
  page,
  tmpPath
}) => {
  const editor = await open(page, `${tmpPath}/digits.keras.json`, DIGITS);
  const mark = (node: string) =>
    editor.node(node).locator('.jp-kerasviz-LinkMark');
  await editor.startKernel();
  await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
  await editor.node('hidden:0').click();
  await page.locator('[data-action="use-again"]:visible').click();
  await expect(mark('hidden:1')).toHaveText('call 2 of 2');
  await expect(mark('hidden:0')).toHaveAttribute('data-active', 'true');
  await editor.connect('pixels:0', 'hidden:1');
  await expect(editor.shape('hidden:1')).toHaveText('(None, 64)');
  await editor.set('hidden:0', 'units', '7');
  await expect(editor.shape('hidden:1')).toHaveText('(None, 7)');
  await editor.node('hidden:1').click();
  await page.locator('[data-action="unlink"]:visible').click();
  await expect(editor.shape('hidden_1:0')).toHaveText('(None, 7)');
  await expect(mark('hidden:0')).toHaveCount(0);
  await editor.set('hidden_1:0', 'units', '5');
  await expect(editor.shape('hidden_1:0')).toHaveText('(None, 5)');
  await expect(editor.shape('hidden:0')).toHaveText('(None, 7)');
});

test('a model inside the model opens in place, with its own shapes, and is edited there', async ({
  page,
  tmpPath
}) => {
  const nested = readFileSync('../tests/fixtures/nested.keras.json', 'utf8');
  const file = `${tmpPath}/nested.keras.json`;
  const editor = await open(page, file, nested);
  const trail = editor.root.locator('.jp-kerasviz-Breadcrumb');
  await editor.startKernel();
  await expect(editor.shape('chain:0')).toHaveText('(None, 2)');
  await editor.node('chain:0').dblclick();
  await expect(trail).toHaveText(/nested.*chain/);
  await expect(editor.shape('chain_dense:0')).toHaveText('(None, 2)');
  await editor.set('chain_dense:0', 'units', '3');
  await expect(editor.shape('chain_dense:0')).toHaveText('(None, 3)');
  await trail.getByRole('button', { name: 'nested' }).click();
  await expect(editor.shape('chain:0')).toHaveText('(None, 3)');
  await editor.command('undo');
  await expect(editor.shape('chain:0')).toHaveText('(None, 2)');
  await editor.root.locator('[data-command="docmanager:save"]').click();
  const kept = await page.request.get(`/files/${file}`);
  expect(await kept.text()).toBe(nested);
});
