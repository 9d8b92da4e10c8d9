import { execFileSync } from 'node:child_process';
import { expect, test } from '@jupyterlab/galata';
import { EditorPage } from '../../editorpage';
import { expectScriptRepeats, onDisk } from '../../exportedcode';

/** Pictures of products in one array, and a table of the same products beside it. */
const PRODUCTS = `
import h5py, numpy as np
draw, count = np.random.default_rng(0), 300
kind, size, age = draw.integers(0, 3, count), draw.uniform(1, 10, count), draw.integers(0, 20, count)
images = draw.integers(0, 60, (count, 12, 12, 3)).astype("uint8")
images[np.arange(count), :, :, kind] += 120
rows = np.zeros(count, [("size", "f4"), ("age", "i4"), ("category", "S8"), ("price", "f4")])
rows["size"], rows["age"], rows["category"] = size, age, np.array([b"bag", b"hat", b"shoe"])[kind]
rows["price"] = 40 + 25 * size + 30 * kind - 2 * age + draw.normal(0, 5, count)
with h5py.File("products.h5", "w") as file:
    file["images"], file["products"] = images, rows
`;

test(
  'somebody wants category and price of products at once, from pictures and a table in one file',
  { tag: '@thorough' },
  async ({ page, tmpPath }) => {
    execFileSync('python', ['-c', PRODUCTS], { cwd: onDisk(tmpPath) });
    const editor = await EditorPage.create(page, tmpPath);
    const { form } = editor;
    await editor.chooseFile('Arrays in an HDF5 file', 'products.h5');

    // What is in the file is ticked: some goes in, some is to be learned.
    await form.locator('[data-command="look"]').click();
    const take = (role: string, name: string) =>
      form
        .locator(`[data-argument="${role}"] [data-name="${name}"] input`)
        .check();
    await expect(form.locator('[data-name="images"]').first()).toContainText(
      '(300, 12, 12, 3) uint8'
    );
    for (const name of ['images', 'products/size', 'products/age']) {
      await take('x', name);
    }
    for (const name of ['products/category', 'products/price']) {
      await take('y', name);
    }
    await form.locator('[data-command="look"]').click();
    await expect(form.locator('[data-part="size"]')).toContainText(
      '300 samples'
    );
    await expect(
      form.getByText('bag = 0, hat = 1, shoe = 2').first()
    ).toBeVisible();

    // A first model has an input and an output for each, by name.
    await form.locator('[data-command="first_model"]').click();
    for (const layer of ['images', 'size', 'age', 'category', 'price']) {
      await expect(editor.node(`${layer}:0`)).toBeVisible();
    }
    const output = (name: string, argument: string) =>
      form.locator(
        `[data-output="${name}"] [data-argument="${argument}"] :is(select, input)`
      );
    await expect(output('category', 'loss').first()).toHaveValue(
      'SparseCategoricalCrossentropy'
    );
    await expect(output('price', 'loss').first()).toHaveValue(
      'MeanSquaredError'
    );

    // A loss, a weight and metrics each; one step of undo for each choice.
    await output('price', 'loss').first().selectOption('MeanAbsoluteError');
    await output('price', 'loss_weights').fill('0.02');
    await output('price', 'loss_weights').press('Enter');
    await output('price', 'metrics')
      .last()
      .selectOption('RootMeanSquaredError');
    await output('category', 'metrics').last().selectOption('Precision');
    await editor.command('undo');
    await expect(output('category', 'metrics')).toHaveCount(2);

    await editor.setArgument('epochs', '4');
    await editor.setSeed(1);
    await form.locator('[data-command="train"]').click();
    await expect(editor.panel).toHaveAttribute('data-state', 'finished');
    for (const curve of [
      'loss',
      'category_loss',
      'category_accuracy',
      'price_loss',
      'price_mean_absolute_error',
      'price_root_mean_squared_error'
    ]) {
      await expect(editor.chart(curve)).toHaveCount(1);
    }
    await expectScriptRepeats(page, tmpPath);
  }
);
