import { readFileSync } from 'node:fs';
import { expect, test } from '@jupyterlab/galata';
import { EditorPage } from '../editorpage';

const EXAMPLE = readFileSync('../examples/digits.keras.json', 'utf8');

for (const [what, text, message] of [
  ['is not JSON', '{"class_name": "Functional", oops', /JSON/],
  ['is cut off', EXAMPLE.slice(0, 500), /JSON/],
  ['is not Keras', '{"name": "my-package", "version": "1.0"}', /Keras/]
] as const) {
  test(`a file that ${what} says so and stays as it is`, async ({
    page,
    tmpPath
  }) => {
    const file = `${tmpPath}/broken.keras.json`;
    await page.contents.uploadContent(text, 'text', file);
    await page.filebrowser.open(file);
    await expect(
      page.locator('.jp-kerasviz-Document:visible [role="alert"]')
    ).toContainText(message);
    await expect(
      page.locator('.jp-kerasviz-Document:visible .react-flow__pane')
    ).toHaveCount(0);
    await page.keyboard.press('Control+s');
    const kept = await page.request.get(`/files/${file}`);
    expect(await kept.text()).toBe(text);
  });
}

test('a document that was only looked at is saved as the same bytes', async ({
  page,
  tmpPath
}) => {
  const file = `${tmpPath}/digits.keras.json`;
  await page.contents.uploadContent(EXAMPLE, 'text', file);
  await page.filebrowser.open(file);
  const editor = new EditorPage(
    page,
    page.locator('.jp-kerasviz-Document:visible')
  );
  await editor.set('hidden:0', 'units', '32');
  await editor.command('undo');
  await editor.root.locator('[data-command="docmanager:save"]').click();
  const kept = await page.request.get(`/files/${file}`);
  expect(await kept.text()).toBe(EXAMPLE);
});

test('names from a file are text, and opening it starts no kernel and asks nobody', async ({
  page,
  tmpPath
}) => {
  const asked: string[] = [];
  page.on('request', request => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== 'localhost') {
      asked.push(request.url());
    }
  });
  const hostile = '<img src=x onerror="window.harmed=1">';
  const text = EXAMPLE.replaceAll('"hidden"', JSON.stringify(hostile));
  const file = `${tmpPath}/hostile.keras.json`;
  await page.contents.uploadContent(text, 'text', file);
  await page.filebrowser.open(file);
  const tab = page.locator('.jp-kerasviz-Document:visible');
  await expect(tab.getByText(hostile).first()).toBeVisible();
  await expect(tab.locator('img')).toHaveCount(0);
  expect(await page.evaluate(() => 'harmed' in window)).toBe(false);
  const kernels = await page.request.get('/api/kernels');
  expect(await kernels.json()).toEqual([]);
  expect(asked).toEqual([]);
});
