import { expect, type IJupyterLabPageFixture, test } from '@jupyterlab/galata';
import { EditorPage } from '../../editorpage';
import { exportedScript, recordedLogs, runScript } from '../../exportedcode';

/** What somebody has already, and keeps: classes of their own, and an endless pipeline with weights. */
const PIPELINE = `
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(7)
keras.mixed_precision.set_global_policy("mixed_float16")


@keras.saving.register_keras_serializable("shop")
class Gate(keras.layers.Layer):
    def __init__(self, sharpness=1.0, **kwargs):
        super().__init__(**kwargs)
        self.sharpness = sharpness

    def build(self, shape):
        self.gate = self.add_weight(shape=(shape[-1],), initializer="zeros", name="gate")

    def call(self, inputs):
        return inputs * keras.ops.sigmoid(self.sharpness * self.gate)

    def get_config(self):
        return {**super().get_config(), "sharpness": self.sharpness}


@keras.saving.register_keras_serializable("shop")
class Careful(keras.losses.Loss):
    def __init__(self, below=2.0, name="careful", **kwargs):
        super().__init__(name=name, **kwargs)
        self.below = below

    def call(self, y_true, y_pred):
        error = y_pred - keras.ops.cast(y_true, y_pred.dtype)
        return keras.ops.mean(keras.ops.square(error) * keras.ops.where(error < 0, self.below, 1.0), axis=-1)

    def get_config(self):
        return {**super().get_config(), "below": self.below}


@keras.saving.register_keras_serializable("shop")
class Counter(keras.callbacks.Callback):
    def __init__(self, by=1):
        super().__init__()
        self.by = by

    def on_train_batch_end(self, batch, logs=None):
        counted.append(self.by)

    def get_config(self):
        return {"by": self.by}


counted = []
numbers = np.random.default_rng(0)
x = numbers.normal(size=(512, 6)).astype("float32")
y = (x @ np.arange(6) / 6)[:, None].astype("float32")
weights = numbers.uniform(0.5, 1.5, 512).astype("float32")
train = tf.data.Dataset.from_tensor_slices((x, y, weights)).repeat().batch(32).prefetch(tf.data.AUTOTUNE)
`;

const MODEL = `
inputs = keras.Input((6,), name="features")
h = keras.layers.Dense(16, activation="relu", name="hidden")(inputs)
h = Gate(2.0, name="gate")(h)
model = keras.Model(inputs, keras.layers.Dense(1, dtype="float32", name="price")(h), name="mine")
model.compile(keras.optimizers.Adam(0.003), loss=Careful(), weighted_metrics=["mae"])
model.fit(train, epochs=1, steps_per_epoch=16, verbose=0)
mine, before = model, model.get_layer("hidden").kernel.numpy()
print("ready")
`;

const LOOK = `print(model is mine, bool(abs(mine.get_layer("hidden").kernel.numpy() - before).max() > 0), counted[-1])`;

const FIT = `
import kerasviz
model.fit(train, epochs=100_000, steps_per_epoch=16, verbose=0, callbacks=[Counter(), kerasviz.LiveCharts()])
print("went on to the next line")
`;

/** Puts cells into a notebook, opens it and runs the first ones. */
async function openNotebook(
  page: IJupyterLabPageFixture,
  path: string,
  cells: string[]
): Promise<void> {
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3' } },
    cells: cells.map((source, index) => ({
      id: `cell-${index}`,
      cell_type: 'code',
      execution_count: null,
      metadata: {},
      outputs: [],
      source: source.trim()
    }))
  };
  await page.contents.uploadContent(JSON.stringify(notebook), 'text', path);
  await page.notebook.openByPath(path);
  await runCell(page, 0);
  await runCell(page, 1);
}

/** Runs a cell, once the kernel takes any. */
async function runCell(
  page: IJupyterLabPageFixture,
  index: number
): Promise<void> {
  const cell = page.locator('.jp-Notebook:visible .jp-Cell').nth(index);
  await expect(async () => {
    await cell.locator('.cm-content').click();
    await page.keyboard.press('Shift+Enter');
    await expect(cell.locator('.jp-InputPrompt')).not.toHaveText('[ ]:', {
      timeout: 2000
    });
  }).toPass();
}

test(
  'somebody keeps a notebook with a pipeline, and watches, steers and compares in the editor',
  { tag: '@thorough' },
  async ({ page, tmpPath }) => {
    const path = `${tmpPath}/mine.ipynb`;
    await openNotebook(page, path, [PIPELINE, MODEL, LOOK, FIT]);
    const output = (text: string) =>
      page.locator('.jp-OutputArea-output', { hasText: text });
    await expect(output('ready')).toBeVisible();

    // The notebook's own model is opened in a document on the notebook's kernel.
    await page.filebrowser.openDirectory(tmpPath);
    await page.locator('.lm-TabBar-addButton:visible').first().click();
    await page
      .locator('.jp-LauncherCard:visible', { hasText: 'Keras Model' })
      .first()
      .click();
    const editor = EditorPage.front(page);
    await editor.root.getByText('No Kernel', { exact: true }).click();
    const dialog = page.locator('.jp-Dialog');
    const other = dialog.locator('option', { hasText: 'mine.ipynb' });
    await dialog
      .locator('select')
      .selectOption((await other.getAttribute('value'))!);
    await dialog.locator('button.jp-mod-accept').click();
    await expect(editor.root.getByText('tensorflow')).toBeVisible();
    await page.menu.clickMenuItem('File>Open Model from Kernel…');
    await expect(dialog.locator('select')).toHaveValue(/model: Functional/);
    await dialog.locator('button.jp-mod-accept').click();
    await expect(editor.shape('gate:0')).toHaveText('(None, 16)');

    // Its setup is in the form; the pipeline and the callback are chosen there. Batches that never end need an end.
    await page.getByRole('tab', { name: 'Train', exact: true }).click();
    const form = page.locator('.jp-kerasviz-TrainForm:visible');
    const section = (name: string) => form.locator(`[data-section="${name}"]`);
    await expect(section('compile').locator('summary').first()).toContainText(
      'Adam · Careful'
    );
    await form
      .locator('[data-argument="data"] select')
      .first()
      .selectOption({ label: 'Batches in the kernel' });
    await editor.setArgument('batches', 'train');
    await section('callbacks').locator('summary').first().click();
    await section('callbacks')
      .locator('select')
      .first()
      .selectOption({ label: 'Counter' });
    await editor.setArgument('epochs', '100000');
    await form.locator('[data-command="train"]').click();
    await expect(editor.panel.getByRole('alert')).toContainText(
      'never end. Set steps_per_epoch on the Train tab: 16 are one pass'
    );
    await editor.panel.getByText('Set steps_per_epoch to 16').click();

    // While it trains, it gets another learning rate.
    await form.locator('[data-command="train"]').click();
    await expect.poll(() => editor.points('loss')).toBeGreaterThan(20);
    await editor.panel.getByText('Adjust', { exact: true }).click();
    const rate = editor.panel.getByLabel('learning_rate');
    await rate.fill('0.0005');
    await rate.press('Enter');
    await expect(
      editor.panel
        .getByText(/learning_rate: 0.003 → 0.0005 after batch/)
        .first()
    ).toBeVisible();
    await editor.button('stop').click();
    await expect(editor.panel).toHaveAttribute('data-state', 'stopped');

    // The notebook has what was trained, in its own model; nothing was put in its place.
    await page.notebook.activate('mine.ipynb');
    await runCell(page, 2);
    await expect(output('True True 1')).toBeVisible();

    // What a cell trains is seen in the editor while it trains, and ends there.
    await runCell(page, 3);
    const tab = page.locator('#jp-main-dock-panel .lm-TabBar-tab', {
      hasText: '.keras.json'
    });
    await tab.click();
    await expect(editor.panel).toHaveAttribute('data-state', 'training');
    await expect.poll(() => editor.points('loss')).toBeGreaterThan(20);
    await editor.button('stop').click();
    await expect(editor.panel).toHaveAttribute('data-state', 'stopped');
    await page.notebook.activate('mine.ipynb');
    await expect(output('went on to the next')).toBeVisible();
    await tab.click();

    // A last run with a seed, from new weights, is one that can be repeated; it is compared with that of the cell.
    await page.getByRole('tab', { name: 'Train', exact: true }).click();
    await editor.setArgument('epochs', '3');
    await section('fit').getByText('More arguments').last().click();
    await editor.setArgument('seed', '5');
    await form.getByText('Start over (new random weights)').click();
    await expect(editor.panel).toHaveAttribute('data-state', 'training');
    await expect(editor.panel).toHaveAttribute('data-state', 'finished');
    await editor.panel.getByRole('tab', { name: 'Runs', exact: true }).click();
    const rows = editor.panel.locator('tr[data-run]');
    await expect(rows).toHaveCount(4);
    for (const row of [0, 1]) {
      await rows.nth(row).getByRole('checkbox').check();
    }
    await editor.button('compare-runs').click();
    await expect(
      editor.panel
        .getByRole('region', { name: 'What differs' })
        .locator('.jp-kerasviz-Chart[data-metric="loss"]')
    ).toHaveAttribute('data-runs', '2');

    // After the notebook's cells, the script of the Code tab gives the same numbers.
    const measured = runScript(
      PIPELINE + (await exportedScript(page)),
      tmpPath
    );
    expect(measured.loss).toHaveLength(3);
    const recorded = recordedLogs(tmpPath);
    for (const [name, values] of Object.entries(measured)) {
      values.forEach((value, epoch) =>
        expect(value / recorded[name][epoch], name).toBeCloseTo(1, 3)
      );
    }
  }
);
