import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
  const kernels = async (): Promise<string[]> => {
    const answer = await page.request.get('/api/kernels');
    return (await answer.json()).map(({ id }: { id: string }) => id);
  };
  const before = await kernels();
  await page.filebrowser.open(file);
  const tab = page.locator('.jp-kerasviz-Document:visible');
  await expect(tab.getByText(hostile).first()).toBeVisible();
  await expect(tab.locator('img')).toHaveCount(0);
  expect(await page.evaluate(() => 'harmed' in window)).toBe(false);
  const started = (await kernels()).filter(id => !before.includes(id));
  expect(started).toEqual([]);
  expect(asked).toEqual([]);
});

for (const ending of ['.h5', '.keras']) {
  test(`a ${ending} file of Keras opens on the canvas and trains from its weights`, async ({
    page,
    tmpPath
  }) => {
    const local = path.join(
      mkdtempSync(path.join(tmpdir(), 'kerasviz-')),
      `trained${ending}`
    );
    const write = [
      'import sys, keras',
      'model = keras.Sequential([keras.Input((64,)), keras.layers.Dense(10, "softmax", name="classes")])',
      'model.get_layer("classes").set_weights([w + 7 for w in model.get_layer("classes").get_weights()])',
      'model.save(sys.argv[1])'
    ].join('\n');
    execFileSync('python', ['-c', write, local], { stdio: 'ignore' });
    const file = `${tmpPath}/trained${ending}`;
    await page.contents.uploadFile(local, file);
    await page.filebrowser.open(file);
    const editor = new EditorPage(
      page,
      page.locator('.jp-kerasviz-Document:visible')
    );
    await expect(editor.node('classes:0')).toContainText('10 · softmax');
    await editor.startKernel();
    await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
    await page.getByRole('tab', { name: 'Train', exact: true }).click();
    await editor.setFit('data', 'digits');
    await editor.setFit('epochs', '1');
    await editor.command('train');
    await expect(editor.panel).toHaveAttribute('data-state', 'finished');
    const bias =
      'print(float(model.get_layer("classes").get_weights()[1].mean()))';
    expect(Number(await editor.python(file, bias))).toBeGreaterThan(6);
  });
}

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
    page.locator('.jp-kerasviz-Document:visible .react-flow__node')
  ).toHaveCount(4);
});

test('a kernel without kerasviz says what to install', async ({
  page,
  tmpPath
}) => {
  const file = `${tmpPath}/digits.keras.json`;
  await page.contents.uploadContent(EXAMPLE, 'text', file);
  await page.filebrowser.open(file);
  const tab = page.locator('.jp-kerasviz-Document:visible');
  await new EditorPage(page, tab).startKernel('Bare Python');
  await expect(tab.locator('.jp-kerasviz-StatusLine-kernel')).toContainText(
    'pip install kerasviz'
  );
});
