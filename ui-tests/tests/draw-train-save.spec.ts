import { execFileSync } from 'node:child_process';
import { expect, test } from '@jupyterlab/galata';
import { EditorPage } from '../editorpage';

/** The walk of the README, with its values: a network learns the digits, and a new process agrees with the kernel. */
test('from an empty canvas to a saved model that a new process loads', async ({
  page,
  tmpPath
}) => {
  await page
    .locator('.jp-LauncherCard', { hasText: 'Keras Model' })
    .first()
    .click();
  const tab = page.locator('.jp-kerasviz-Document:visible');
  const editor = new EditorPage(page, tab);

  // Draw, before any kernel runs.
  await editor.drop('InputLayer', 300, 120);
  await editor.drop('Dense', 300, 240);
  await editor.drop('Dropout', 300, 360);
  await editor.drop('Dense', 300, 480);
  await expect(tab.locator('.react-flow__node')).toHaveCount(4);
  await expect(editor.node('dense:0')).toContainText('Set units');
  await editor.connect('input_layer:0', 'dense:0');
  await editor.connect('dense:0', 'dropout:0');
  await editor.connect('dropout:0', 'dense_1:0');
  await expect(tab.locator('.react-flow__edge')).toHaveCount(3);

  // Set.
  await editor.set('input_layer:0', 'shape', '64');
  await editor.set('dense:0', 'units', '64');
  await editor.set('dense:0', 'activation', 'relu');
  await editor.set('dropout:0', 'rate', '0.2');
  await editor.set('dense_1:0', 'units', '10');
  await editor.set('dense_1:0', 'activation', 'softmax');

  // See the truth once a kernel runs.
  await editor.startKernel();
  await expect(editor.shape('dense_1:0')).toHaveText('(None, 10)');
  await expect(
    editor.node('dense_1:0').locator('.jp-kerasviz-LayerNode-params')
  ).toHaveText('650');

  // Break it, read why at the node, undo.
  await editor.set('input_layer:0', 'shape', 'None');
  await expect(editor.error('input_layer:0')).toContainText('shape');
  await expect(editor.node('dense_1:0')).toContainText('waiting');
  await editor.command('undo');
  await expect(editor.shape('dense_1:0')).toHaveText('(None, 10)');
  await expect(editor.error('input_layer:0')).toHaveCount(0);

  // Train, and watch.
  await page.getByRole('tab', { name: 'Train', exact: true }).click();
  await editor.setArgument('data', 'digits');
  await editor.setArgument('epochs', '15');
  await editor.command('train');
  await expect.poll(() => editor.points('loss')).toBeGreaterThan(0);
  await expect(editor.panel).toHaveAttribute('data-state', 'training');
  await expect(editor.panel).toHaveAttribute('data-state', 'finished');
  expect(await editor.points('loss')).toBe(15 * 45);
  await expect(editor.chart('accuracy')).toHaveAttribute('data-epochs', '15');

  // The model is in the kernel, has learnt, and a new process loads what was saved.
  const file = `${tmpPath}/untitled.keras.json`;
  const evaluate = [
    'from sklearn.datasets import load_digits',
    'import os; x, y = load_digits(return_X_y=True)',
    'print(round(float(untitled.evaluate(x / 16, y, verbose=0)[1]), 6), os.getcwd())'
  ].join('\n');
  const [accuracy, folder] = (await editor.python(file, evaluate)).split(' ');
  expect(Number(accuracy)).toBeGreaterThan(0.9);
  await page.menu.clickMenuItem('File>Save Trained Model…');
  const dialog = page.locator('.jp-Dialog');
  await dialog.locator('input').fill('digits.keras');
  await expect(dialog.locator('dl')).toContainText('optimizer and its state');
  await dialog.locator('select').selectOption('Keras JSON (.json)');
  await expect(dialog.locator('dl')).toContainText('Not keptthe weights');
  await dialog.locator('select').selectOption('HDF5 (.h5, .hdf5)');
  await expect(dialog.locator('input')).toHaveValue('digits.h5');
  await dialog.locator('button.jp-mod-accept').click();
  await expect(
    page.getByText(/Saved digits\.h5 .*: architecture, weights/)
  ).toBeVisible();
  const load = `import keras; untitled = keras.models.load_model("digits.h5")\n${evaluate}`;
  const printed = execFileSync('python', ['-c', load], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore']
  });
  expect(printed.trim().split('\n').pop()).toBe(`${accuracy} ${folder}`);

  // A change that costs trained weights is said on the card, in the panel, and before a file has fresh ones.
  const origin = (node: string) =>
    editor.node(node).locator('.jp-kerasviz-LayerNode-weights');
  await expect(origin('dense_1:0')).toHaveAttribute('data-origin', 'trained');
  await editor.set('dense:0', 'units', '32');
  await expect(origin('dense_1:0')).toHaveAttribute('data-origin', 'fresh');
  const why = /2 of 2 layers have fresh weights because 'dense' changed/;
  await expect(editor.panel).toContainText(why);
  await page.menu.clickMenuItem('File>Save Trained Model…');
  await dialog.locator('button.jp-mod-accept').click();
  await expect(dialog).toContainText(why);
  await dialog.getByText('Undo Last Change').click();
  await expect(
    page.getByText(/Saved untitled\.keras .*: architecture, weights/)
  ).toBeVisible();
  await expect(origin('dense:0')).toHaveAttribute('data-origin', 'trained');

  // Its weights are loaded back into what is drawn.
  await page.menu.clickMenuItem('File>Load Weights…');
  await dialog.locator('select').selectOption('digits.h5');
  await dialog.locator('button.jp-mod-accept').click();
  await expect(page.getByText('Weights start from digits.h5.')).toBeVisible();
  await expect(origin('dense_1:0')).toHaveAttribute('data-origin', 'file');
  await editor.set('dense:0', 'units', '32');
  await expect(editor.panel).toContainText(
    "2 of 2 layers have fresh weights because 'digits.h5' has no weights that fit."
  );
});
