import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type JupyterLabPage } from '@jupyterlab/galata';
import { EditorPage } from '../editorpage';
import { onDisk } from '../exportedcode';

const EXAMPLE = JSON.parse(
  readFileSync('../examples/digits.keras.json', 'utf8')
);

/** The digits example, to be trained for long, and so slowly that no curve is thinned while a test looks at it. */
function digits(): string {
  const document = structuredClone(EXAMPLE);
  document.kerasviz.training.fit.epochs = 20_000;
  document.kerasviz.training.fit.batch_size = 512;
  return JSON.stringify(document);
}

test.describe('a run that is under way', () => {
  let editor: EditorPage;
  let file: string;

  test.beforeEach(async ({ page, tmpPath }) => {
    file = `${tmpPath}/long.keras.json`;
    editor = await EditorPage.open(page, file, digits());
    await editor.startKernel();
    await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
    await editor.command('train');
    await expect.poll(() => editor.points('loss')).toBeGreaterThan(5);
  });

  test('stops after the batch, by the menu Kernel as by its button, keeps its weights and goes on from them', async ({
    page
  }) => {
    await page.menu.clickMenuItem('Kernel>Interrupt Kernel');
    await expect(editor.panel).toHaveAttribute('data-state', 'stopped');
    const count = 'print(int(long.optimizer.iterations))';
    const done = Number(await editor.python(file, count));
    expect(done).toBeGreaterThan(5);
    await expect(editor.panel).toContainText(
      `Stopped after batch ${done}. The model keeps its weights, and training it again goes on from them.`
    );
    expect(await editor.points('loss')).toBe(done);

    await editor.button('train').click();
    await expect(editor.panel).toHaveAttribute('data-state', 'training');
    await editor.button('stop').click();
    await expect(editor.panel).toHaveAttribute('data-state', 'stopped');
    expect(Number(await editor.python(file, count))).toBeGreaterThan(done);
  });

  test('holds while it is paused, leaves the kernel free for a cell, comes back with the page; cards tell what was measured', async ({
    page
  }) => {
    const histograms = editor
      .node('hidden:0')
      .locator('.jp-kerasviz-CardStatistics-histogram');
    await expect(histograms).toHaveCount(0);
    await page.menu.clickMenuItem('View>Show Statistics on Layers');
    await expect(histograms).toHaveCount(3);
    await expect(histograms.first()).toHaveAccessibleName(/^Weights: mean /);
    await page.menu.clickMenuItem('View>Show Statistics on Layers');
    await expect(histograms).toHaveCount(0);
    await editor.button('pause').click();
    await expect(editor.panel).toHaveAttribute('data-state', 'paused');
    await editor.button('resume').click();
    await expect(editor.panel).toHaveAttribute('data-state', 'training');
    expect(await editor.python(file, 'print(6 * 7)')).toBe('42');
    await expect(editor.panel).toHaveAttribute('data-state', 'training');

    // The type of the fixture has Playwright's own reload instead of Galata's.
    const lab = page as unknown as JupyterLabPage;
    await lab.reload({ waitForIsReady: false });
    await expect.poll(() => editor.points('loss')).toBeGreaterThan(5);
    await expect(editor.panel).toHaveAttribute('data-state', 'training');
    await editor.button('stop').click();
    await expect(editor.panel).toHaveAttribute('data-state', 'stopped');
    const count = 'print(int(long.optimizer.iterations))';
    const done = await editor.python(file, count);
    expect(await editor.points('loss')).toBe(Number(done));
  });

  test('takes other numbers from the next batch on, and goes back to epochs', async () => {
    const units = editor.node('hidden:0');
    await editor.set('hidden:0', 'units', '48');
    await expect(units).toContainText('48');
    await editor.panel.getByText('Adjust', { exact: true }).click();
    const rate = editor.panel.getByLabel('learning_rate');
    await rate.fill('0.25');
    await rate.press('Enter');
    const told = editor.panel.getByText(/learning_rate: .* → 0.25 after batch/);
    await expect(told.first()).toBeVisible();
    await expect(editor.chart('loss').locator('.shape-label')).toHaveText(
      'learning_rate: 0.001 → 0.25'
    );
    await rate.fill('0.125');
    // The keys are for the text here; the drawing stays.
    await rate.press('Control+z');
    await rate.press('Escape');
    await expect(rate).toHaveValue('0.25');
    await expect(units).toContainText('48');
    await editor.command('undo');
    await expect(units).toContainText('64');
    await editor.panel.getByText('Keep 0.25 for later runs').click();
    await editor.button('stop').click();
    await expect(editor.panel).toHaveAttribute('data-state', 'stopped');
    const now = 'print(float(str(long.optimizer.learning_rate.numpy())))';
    expect(Number(await editor.python(file, now))).toBeLessThan(0.25);

    const epochs = editor.panel.getByRole('slider', { name: /^Epoch/ });
    await epochs.focus();
    await epochs.press('Home');
    await epochs.press('ArrowRight');
    await expect(editor.panel.locator('[data-epoch="1"]')).toBeVisible();
    const sum = 'print(float(abs(long.get_weights()[0]).sum()))';
    const before = await editor.python(file, sum);
    await editor.button('go-back').click();
    await expect(editor.panel.getByText(/epoch-0001.keras/)).toBeVisible();
    expect(await editor.python(file, sum)).not.toBe(before);
    await editor.button('undo-go-back').click();
    await expect.poll(() => editor.python(file, sum)).toBe(before);

    await editor.button('train').click();
    await expect.poll(() => editor.python(file, now).then(Number)).toBe(0.25);
  });

  test('is shown as lost when the kernel dies, and goes on in a new one', async ({
    page
  }) => {
    // Epochs last milliseconds here: the kernel must not die before one is on disk.
    const runs = onDisk(`${path.dirname(file)}/runs`);
    await expect
      .poll(() =>
        existsSync(runs)
          ? readdirSync(runs, { recursive: true }).map(String)
          : []
      )
      .toContainEqual(expect.stringMatching(/backup\.keras$/));
    await editor
      .python(file, 'import os, signal; os.kill(os.getpid(), signal.SIGKILL)')
      .catch(() => undefined);
    await expect(editor.panel).toHaveAttribute('data-state', 'lost');
    expect(await editor.points('loss')).toBeGreaterThan(5);

    const label = await editor.button('continue').textContent();
    const epochs = Number(/\d+/.exec(label!)![0]);
    await editor.button('continue').click();
    await expect(editor.panel).toHaveAttribute('data-state', 'training');
    await expect.poll(() => editor.points('loss')).toBeGreaterThan(3 * epochs);
    await editor.button('stop').click();
    await expect(editor.panel).toHaveAttribute('data-state', 'stopped');
    const done = await editor.python(
      file,
      'print(int(long.optimizer.iterations))'
    );
    expect(await editor.points('loss')).toBe(Number(done));
    await expect(editor.button('continue')).toHaveCount(0);
  });
});

test('training asks before it replaces a variable of the user’s own, once', async ({
  page,
  tmpPath
}) => {
  const document = structuredClone(EXAMPLE);
  document.kerasviz.training.fit.epochs = 1;
  const file = `${tmpPath}/mine.keras.json`;
  const editor = await EditorPage.open(page, file, JSON.stringify(document));
  await editor.startKernel();
  await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
  await editor.python(file, 'mine = [1, 2]; mine_2 = 0');
  const train = async () => {
    await editor.command('train');
    await expect(question).toContainText("The variable 'mine' holds a value");
  };
  const question = editor.panel.getByRole('alert');
  await train();
  await editor.button('cancel').click();
  await expect(question).toHaveCount(0);
  expect(await editor.python(file, 'print(mine, mine_2)')).toBe('[1, 2] 0');

  await train();
  await editor.panel.getByRole('button', { name: 'Train as mine_3' }).click();
  await expect(editor.panel).toHaveAttribute('data-state', 'finished');
  const types = 'print(type(mine).__name__, type(mine_3).__name__)';
  expect(await editor.python(file, types)).toBe('list Functional');

  await page.getByRole('tab', { name: 'Train', exact: true }).click();
  await editor.setArgument('model_name', '');
  await train();
  await editor.button('replace').click();
  const ours = editor.panel.getByRole('definition').filter({ hasText: 'mine' });
  await expect(ours).toHaveText('mine');
  await expect(editor.panel).toHaveAttribute('data-state', 'finished');
  expect(await editor.python(file, types)).toBe('Functional Functional');
  await editor.python(file, 'mine = "again"');
  await editor.command('train');
  await expect
    .poll(() => editor.python(file, types))
    .toBe('Functional Functional');
});

test('trained weights go along when the document is renamed, also over a reload', async ({
  page,
  tmpPath
}) => {
  const document = structuredClone(EXAMPLE);
  document.kerasviz.training.fit.epochs = 1;
  const file = `${tmpPath}/before.keras.json`;
  const renamed = `${tmpPath}/after.keras.json`;
  const editor = await EditorPage.open(page, file, JSON.stringify(document));
  await editor.startKernel();
  await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
  await editor.command('train');
  await expect(editor.panel).toHaveAttribute('data-state', 'finished');
  await page.contents.renameFile(file, renamed);
  await expect(
    page.getByRole('tab', { name: 'after.keras.json' })
  ).toBeVisible();
  const lab = page as unknown as JupyterLabPage;
  await lab.reload({ waitForIsReady: false });
  await expect(editor.panel).toHaveAttribute('data-state', 'finished');
  await editor.set('hidden:0', 'units', '48');
  await expect(editor.panel).toContainText(
    "2 of 2 layers have fresh weights because 'hidden' changed."
  );
});

test('a schedule is drawn as a curve in the form; the keys undo in a list and in a box', async ({
  page,
  tmpPath
}) => {
  const file = `${tmpPath}/rates.keras.json`;
  const editor = await EditorPage.open(page, file, JSON.stringify(EXAMPLE));
  await editor.startKernel();
  await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
  await page.getByRole('tab', { name: 'Train', exact: true }).click();
  const drawn = editor.form.locator('.jp-kerasviz-RateCurve');
  const curve = drawn.getByRole('figure');
  const kind = editor.form.getByLabel('Constant or schedule');
  await kind.selectOption('CosineDecay');
  await editor.setArgument('decay_steps', '500');
  await drawn.scrollIntoViewIfNeeded();
  await expect(curve).toHaveAttribute(
    'aria-label',
    'Learning rate: 0.001 at first, 0 after 900 batches'
  );
  await expect(curve.locator('.scatterlayer path.js-line')).toBeVisible();

  await kind.focus();
  await kind.selectOption('ExponentialDecay');
  await expect(kind).toHaveValue(/ExponentialDecay/);
  await page.keyboard.press('Control+z');
  await expect(kind).toHaveValue(/CosineDecay/);
  const optimizer = editor.form.locator('[data-argument="optimizer"] select');
  await optimizer.first().focus();
  await optimizer.first().selectOption('SGD');
  await expect(optimizer.first()).toHaveValue(/SGD/);
  await page.keyboard.press('Control+z');
  await expect(optimizer.first()).toHaveValue(/Adam/);
  await expect(kind).toHaveValue(/CosineDecay/);
  const data = editor.form.locator('[data-argument="data"] select').first();
  await data.focus();
  await data.selectOption({ label: 'Iris' });
  await page.keyboard.press('Control+z');
  await expect(data.locator('option:checked')).toHaveText('Digits');
});

test('training says what is missing', async ({ page, tmpPath }) => {
  const document = structuredClone(EXAMPLE);
  delete document.kerasviz.training.data;
  delete document.compile_config;
  const file = `${tmpPath}/bare.keras.json`;
  await EditorPage.open(page, file, JSON.stringify(document));
  await page.getByRole('tab', { name: 'Train', exact: true }).click();
  const problem = (section: string) =>
    page.locator(
      `[data-section="${section}"] > summary .jp-kerasviz-Field-problem`
    );
  await expect(problem('data')).toBeVisible();
  await expect(problem('compile')).toBeVisible();
});
