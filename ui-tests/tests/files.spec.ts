import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jupyterlab/galata';
import type { Page } from '@playwright/test';
import { EditorPage } from '../editorpage';

const EXAMPLE = readFileSync('../examples/digits.keras.json', 'utf8');
const HOSTILE = '../tests/fixtures/hostile/hdf5_ahang10936.h5';

/** What lies on the server's disk. */
async function onDisk(page: Page, file: string): Promise<string> {
  return (await page.request.get(`/files/${file}`)).text();
}

/** The units of the hidden layer, in a file on the server's disk; undefined while it is being written. */
async function units(page: Page, file: string): Promise<number | undefined> {
  const text = await onDisk(page, file);
  return text.endsWith('}') || text.endsWith('}\n')
    ? JSON.parse(text).config.layers[1].config.units
    : undefined;
}

/** Notes every request that a page makes outside its origin. */
function requestsElsewhere(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', request => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== 'localhost') {
      asked.push(request.url());
    }
  });
  return asked;
}

/** The kernels that run; those of an earlier test may still be ending. */
async function kernels(page: Page): Promise<string[]> {
  const reply = await page.request.get('/api/kernels');
  return (await reply.json()).map(({ id }: { id: string }) => id);
}

/** Expects that no kernel was started since. */
async function expectNoneSince(page: Page, before: string[]): Promise<void> {
  const now = await kernels(page);
  expect(now.filter(id => !before.includes(id))).toEqual([]);
}

/** Answers the dialog that is open. */
async function answer(page: Page, button: string): Promise<void> {
  const dialog = page.locator('.jp-Dialog');
  await dialog.getByText(button, { exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

/** Makes a small model with a bias of 7, as Keras saves it. */
function trained(ending: string): string {
  const file = path.join(
    mkdtempSync(path.join(tmpdir(), 'kerasviz-')),
    `trained${ending}`
  );
  const write = [
    'import sys, keras',
    'model = keras.Sequential([keras.Input((64,)), keras.layers.Dense(10, "softmax", name="classes")])',
    'model.get_layer("classes").set_weights([w + 7 for w in model.get_layer("classes").get_weights()])',
    'model.save(sys.argv[1])'
  ].join('\n');
  execFileSync('python', ['-c', write, file], { stdio: 'ignore' });
  return file;
}

for (const [what, text, message] of [
  ['is not JSON', '{"class_name": "Functional", oops', /JSON/],
  ['is cut off', EXAMPLE.slice(0, 500), /JSON/],
  ['is not Keras', '{"name": "my-package", "version": "1.0"}', /Keras/]
] as const) {
  test(
    `a file that ${what} says so and stays as it is`,
    { tag: what === 'is not JSON' ? '@thorough' : [] },
    async ({ page, tmpPath }) => {
      const file = `${tmpPath}/broken.keras.json`;
      const { root } = await EditorPage.open(page, file, text);
      await expect(root.locator('[role="alert"]')).toContainText(message);
      await expect(root.locator('.react-flow__pane')).toHaveCount(0);
      await expect(page.locator('.jp-kerasviz-ImportOffer')).toHaveCount(0);
      await page.keyboard.press('Control+s');
      expect(await onDisk(page, file)).toBe(text);
    }
  );
}

test('a document that was only looked at is saved as the same bytes; a kernel without kerasviz says what to install', async ({
  page,
  tmpPath
}) => {
  const file = `${tmpPath}/digits.keras.json`;
  const editor = await EditorPage.open(page, file, EXAMPLE);
  await editor.set('hidden:0', 'units', '32');
  await editor.command('undo');
  expect(await editor.saved(file)).toBe(EXAMPLE);
  await editor.startKernel('Bare Python');
  await expect(
    editor.root.locator('.jp-kerasviz-StatusLine-kernel')
  ).toContainText('pip install kerasviz');
});

test('names from a file are text, and opening it starts no kernel and asks nobody', async ({
  page,
  tmpPath
}) => {
  const asked = requestsElsewhere(page);
  const before = await kernels(page);
  const hostile = '<img src=x onerror="window.harmed=1">';
  const text = EXAMPLE.replaceAll('"hidden"', JSON.stringify(hostile));
  const { root } = await EditorPage.open(
    page,
    `${tmpPath}/hostile.keras.json`,
    text
  );
  await expect(root.getByText(hostile).first()).toBeVisible();
  await expectNoneSince(page, before);

  await root.getByText(hostile).first().click();
  await page.getByRole('tab', { name: 'Model', exact: true }).click();
  await expect(
    page.locator('.jp-kerasviz-LayerTable').getByText(hostile)
  ).toBeVisible();
  const download = page.waitForEvent('download');
  await page.menu.clickMenuItem('File>Export Canvas as SVG…');
  const svg = readFileSync(await (await download).path(), 'utf8');
  expect(svg).toContain('&lt;img src=x');
  expect(svg).not.toContain('<img');
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
  expect(await page.evaluate(() => 'harmed' in window)).toBe(false);
  expect(asked).toEqual([]);
});

test(
  'a model file that hangs its reader costs a sentence',
  { tag: '@thorough' },
  async ({ page, tmpPath }) => {
    const asked = requestsElsewhere(page);
    const before = await kernels(page);
    const file = `${tmpPath}/hostile.h5`;
    await page.contents.uploadFile(HOSTILE, file);
    await page.filebrowser.refresh();
    await page
      .locator('.jp-DirListing-item', { hasText: 'hostile.h5' })
      .dblclick();
    await expect(page.locator('.jp-Dialog')).toContainText('hostile.h5');
    await answer(page, 'Close');
    await expectNoneSince(page, before);
    expect(asked).toEqual([]);
    const editor = await EditorPage.open(
      page,
      `${tmpPath}/digits.keras.json`,
      EXAMPLE
    );
    await expect(editor.node('hidden:0')).toBeVisible();
  }
);

for (const ending of ['.h5', '.keras']) {
  test(
    `a ${ending} file of Keras opens on the canvas and trains from its weights`,
    { tag: ending === '.h5' ? [] : '@thorough' },
    async ({ page, tmpPath }) => {
      const file = `${tmpPath}/trained${ending}`;
      await page.contents.uploadFile(trained(ending), file);
      const editor = await EditorPage.open(page, file);
      await expect(editor.node('classes:0')).toContainText('10 · softmax');
      await editor.startKernel();
      await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
      await page.getByRole('tab', { name: 'Train', exact: true }).click();
      await editor.setArgument('data', 'digits');
      await editor.setArgument('epochs', '1');
      await editor.command('train');
      await expect(editor.panel).toHaveAttribute('data-state', 'finished');
      const bias =
        'print(float(trained.get_layer("classes").get_weights()[1].mean()))';
      expect(Number(await editor.python(file, bias))).toBeGreaterThan(6);
    }
  );
}

test('Save As never writes JSON over a model file', async ({
  page,
  tmpPath
}) => {
  const file = `${tmpPath}/trained.h5`;
  const other = `${tmpPath}/other.h5`;
  const local = trained('.h5');
  await page.contents.uploadFile(local, file);
  await page.contents.uploadFile(local, other);
  const before = await onDisk(page, other);
  const editor = await EditorPage.open(page, file);
  await expect(editor.node('classes:0')).toBeVisible();
  const saveAs = async (name: string) => {
    await page.menu.clickMenuItem('File>Save Keras Model File As…');
    await page.locator('.jp-Dialog input').fill(name);
    await page.locator('.jp-Dialog .jp-mod-accept').click();
  };
  await saveAs(other);
  await expect(page.locator('.jp-Dialog')).toContainText('must be .json');
  await answer(page, 'Close');
  expect(await onDisk(page, other)).toBe(before);
  const drawing = `${tmpPath}/drawing.keras.json`;
  await saveAs(drawing);
  await expect(
    page.getByRole('tab', { name: 'drawing.keras.json' })
  ).toBeVisible();
  await expect
    .poll(() => onDisk(page, drawing))
    .toMatch(/"weights": ?"trained.h5"/);
});

/** Waits for JupyterLab's own dialog about a file that changed on disk. */
async function expectConflict(page: Page): Promise<void> {
  await expect(page.locator('.jp-Dialog')).toContainText('has changed on disk');
}

test('two views are one document, and a change in another window is asked about', async ({
  page,
  tmpPath
}) => {
  const file = `${tmpPath}/digits.keras.json`;
  const editor = await EditorPage.open(page, file, EXAMPLE);
  await editor.set('hidden:0', 'units', '32');
  await page.menu.clickMenuItem('File>New View for Keras Model');
  const views = page.locator('.jp-kerasviz-Document:visible');
  await expect(views).toHaveCount(2);
  for (const view of await views.all()) {
    await expect(new EditorPage(page, view).node('hidden:0')).toContainText(
      '32 · relu'
    );
  }
  const here = new EditorPage(page, views.first());
  await here.save();
  await expect.poll(() => units(page, file)).toBe(32);

  // Another window saves another number.
  const window = await page.context().newPage();
  await window.goto(`/lab/tree/${file}`);
  const there = EditorPage.front(window);
  await there.set('hidden:0', 'units', '48');
  await there.save();
  await expect.poll(() => units(page, file)).toBe(48);
  await window.close();

  // Revert takes what is on disk.
  await here.set('hidden:0', 'units', '16');
  await here.save();
  await expectConflict(page);
  expect(await units(page, file)).toBe(48);
  await answer(page, 'Revert');
  await expect(here.node('hidden:0')).toContainText('48 · relu');

  // Overwrite takes what is drawn; it was not lost meanwhile.
  await page.contents.uploadContent(EXAMPLE, 'text', file);
  await here.set('hidden:0', 'units', '24');
  await here.save();
  await expectConflict(page);
  await expect(here.node('hidden:0')).toContainText('24 · relu');
  await answer(page, 'Overwrite');
  await expect.poll(() => units(page, file)).toBe(24);
});

test('the drawing stands while its kernel restarts, and its shapes come back', async ({
  page,
  tmpPath
}) => {
  const editor = await EditorPage.open(
    page,
    `${tmpPath}/digits.keras.json`,
    EXAMPLE
  );
  await editor.startKernel();
  await expect(editor.shape('hidden:0')).toHaveText('(None, 64)');
  await editor.set('hidden:0', 'units', '32');
  // Galata answers a restart with 201 in the server's place, which JupyterLab takes for a failure.
  await page.route(/\/restart\?/, route => route.continue());
  await page.menu.clickMenuItem('Kernel>Restart Kernel…');
  await answer(page, 'Restart');
  await editor.set('hidden:0', 'units', '48');
  await expect(editor.node('hidden:0')).toContainText('48 · relu');
  await expect(editor.shape('hidden:0')).toHaveText('(None, 48)');
});

test('any .json that holds a model opens with the editor', async ({
  page,
  tmpPath
}) => {
  const file = `${tmpPath}/lenet.json`;
  await page.contents.uploadContent(EXAMPLE, 'text', file);
  await page.filebrowser.refresh();
  await page
    .locator('.jp-DirListing-item', { hasText: 'lenet.json' })
    .click({ button: 'right' });
  await page.locator('.lm-Menu-item', { hasText: 'Open With' }).hover();
  await page
    .getByRole('menuitem', { name: 'Keras Model', exact: true })
    .click();
  await expect(
    EditorPage.front(page).root.locator('.react-flow__node')
  ).toHaveCount(4);
});
