import { readFileSync } from 'node:fs';
import { expect, test } from '@jupyterlab/galata';
import { EditorPage } from '../editorpage';

const DIGITS = readFileSync('../examples/digits.keras.json', 'utf8');

test('units that do not fit the data are fixed in one click; the calls of a layer change together until one is unlinked', async ({
  page,
  tmpPath
}) => {
  const editor = await EditorPage.open(
    page,
    `${tmpPath}/digits.keras.json`,
    DIGITS
  );
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

  // The same on the Train tab, and behind the "!" of the card, with the keyboard.
  await page.getByRole('tab', { name: 'Train', exact: true }).click();
  await expect(page.locator('.jp-kerasviz-Advice')).toContainText('10');
  const mark = card.getByRole('button', { name: 'Advice for classes' });
  await mark.focus();
  await page.keyboard.press('Enter');
  await expect(mark).toHaveAttribute('aria-expanded', 'true');
  const advice = card.locator('.jp-kerasviz-LayerNode-error');
  await expect(advice).toContainText('10');
  await page.keyboard.press('Escape');
  await expect(advice).toBeHidden();
  await page.keyboard.press('Enter');
  await advice.getByRole('button').click();
  await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
  await expect(mark).toHaveCount(0);

  // A layer used again is one layer: its calls light up together.
  const linkMark = (node: string) =>
    editor.node(node).locator('.jp-kerasviz-LinkMark');
  await editor.node('hidden:0').click();
  await page.locator('[data-action="use-again"]:visible').click();
  await expect(linkMark('hidden:1')).toHaveText('call 2 of 2');
  await expect(linkMark('hidden:0')).toHaveAttribute('data-active', 'true');
  await editor.connect('pixels:0', 'hidden:1');
  await expect(editor.shape('hidden:1')).toHaveText('(None, 64)');
  await editor.set('hidden:0', 'units', '7');
  await expect(editor.shape('hidden:1')).toHaveText('(None, 7)');
  await editor.node('hidden:1').click();
  await page.locator('[data-action="unlink"]:visible').click();
  await expect(editor.shape('hidden_1:0')).toHaveText('(None, 7)');
  await expect(linkMark('hidden:0')).toHaveCount(0);
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
  const editor = await EditorPage.open(page, file, nested);
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
  await editor.node('chain:0').dblclick();
  await page.sidebar.openTab('kerasviz-palette');
  await editor.drop('TimeDistributed', 60, 60);
  await editor.set('time_distributed:0', 'layer', 'Dense');
  await editor.set('time_distributed:0', 'units', '6');
  await expect(editor.node('time_distributed:0')).not.toContainText('Set ');
  await editor.command('undo');
  await expect(editor.node('time_distributed:0')).toContainText('Set units');
  await editor.command('undo');
  await editor.command('undo');
  await expect(editor.node('time_distributed:0')).toHaveCount(0);
  await trail.getByRole('button', { name: 'nested' }).click();
  await editor.node('inner:0').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Open Nested Model' }).click();
  await expect(editor.shape('inner_dense:0')).toHaveText('(None, 4)');
  expect(await editor.saved(file)).toBe(nested);
});

const CUSTOM = {
  module: 'keras.src.models.functional',
  class_name: 'Functional',
  config: {
    name: 'custom',
    trainable: true,
    layers: [
      {
        module: 'keras.layers',
        class_name: 'InputLayer',
        config: { batch_shape: [null, 4], name: 'x' },
        registered_name: null,
        name: 'x',
        inbound_nodes: []
      },
      {
        module: '__main__',
        class_name: 'Repeat',
        config: { name: 'mine', times: 3 },
        registered_name: 'my_package>Repeat',
        name: 'mine',
        inbound_nodes: [
          {
            args: [
              {
                class_name: '__keras_tensor__',
                config: {
                  shape: [null, 4],
                  dtype: 'float32',
                  keras_history: ['x', 0, 0]
                }
              }
            ],
            kwargs: {}
          }
        ]
      }
    ],
    input_layers: ['x', 0, 0],
    output_layers: ['mine', 0, 0]
  },
  registered_name: 'Functional'
};

const REPEAT = `
import keras

@keras.saving.register_keras_serializable("my_package")
class Repeat(keras.layers.Layer):
    def __init__(self, times=1, **kwargs):
        super().__init__(**kwargs)
        self.times = times

    def call(self, inputs):
        return keras.ops.concatenate([inputs] * self.times, axis=-1)

    def get_config(self):
        return {**super().get_config(), "times": self.times}
`;

test('a layer of an unknown class is kept, and comes alive when a cell registers the class', async ({
  page,
  tmpPath
}) => {
  const file = `${tmpPath}/custom.keras.json`;
  const editor = await EditorPage.open(page, file, JSON.stringify(CUSTOM));
  const card = editor.node('mine:0');
  await expect(card).toContainText('unknown: my_package>Repeat');
  await editor.startKernel();
  await expect(editor.error('mine:0')).toContainText('not registered');
  await editor.set('x:0', 'shape', '5');
  await expect(editor.shape('x:0')).toHaveText('(None, 5)');
  await editor.python(file, REPEAT);
  await expect(editor.shape('mine:0')).toHaveText('(None, 15)');
  await expect(editor.error('mine:0')).toHaveCount(0);
  await expect(card).not.toContainText('unknown');
  await page.sidebar.openTab('kerasviz-palette');
  await page.locator('.jp-kerasviz-Palette input:visible').fill('Repeat');
  await expect(
    page.locator(
      '.jp-kerasviz-Palette-entry[data-layer-class="Repeat"]:visible'
    )
  ).toHaveCount(1);
  await editor.set('mine:0', 'times', '2');
  await expect(editor.shape('mine:0')).toHaveText('(None, 10)');

  // The same class by another code, and other settings of Keras: nothing false stays on the canvas.
  await page.getByRole('tab', { name: 'Model', exact: true }).click();
  await editor.python(file, REPEAT.replace('self.times,', '2 * self.times,'));
  await expect(editor.shape('mine:0')).toHaveText('(None, 20)');
  await expect(page.getByRole('row', { name: /mine/ })).toContainText('20');
  await editor.python(file, REPEAT);
  await expect(editor.shape('mine:0')).toHaveText('(None, 10)');
  expect(JSON.parse(await editor.saved(file)).config.layers[1]).toEqual({
    ...CUSTOM.config.layers[1],
    config: { name: 'mine', times: 2 }
  });
});

test('a layer with several outputs has a port for each, and what a call takes besides tensors is a field', async ({
  page,
  tmpPath
}) => {
  const file = `${tmpPath}/recurrent.keras.json`;
  const text = readFileSync('../tests/fixtures/recurrent.keras.json', 'utf8');
  const editor = await EditorPage.open(page, file, text);
  const outputs = editor
    .node('decoder:0')
    .locator('.react-flow__handle.source');
  await editor.startKernel();
  await expect(editor.shape('decoder:0')).toHaveText('(None, 6)');
  await expect(outputs).toHaveCount(1);
  await editor.node('decoder:0').click();
  await page
    .locator('.jp-kerasviz-Field[data-argument="return_state"]:visible input')
    .check();
  await expect(outputs).toHaveCount(3);
  await outputs.nth(1).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Pin Tensor 1 as Output' }).click();
  const mark = editor.node('decoder:0').locator('.jp-kerasviz-EndMark');
  await expect(mark).toHaveText('output 3');
  await outputs.nth(2).click({ button: 'right' });
  await expect(
    page.getByRole('menuitem', { name: 'Pin Tensor 2 as Output' })
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await editor.node('encoder:0').click();
  const training = page
    .locator('.jp-kerasviz-CallValues:visible')
    .getByLabel('training');
  await expect(training.locator('option:checked')).toHaveText('False');
  await training.selectOption({ label: 'True' });
  expect(await editor.saved(file)).toContain('"training": true');
});

test('a wrapper asks for the layer inside, which its form chooses and sets; a shortcut saves from within a field', async ({
  page,
  tmpPath
}) => {
  const file = `${tmpPath}/recurrent.keras.json`;
  const text = readFileSync('../tests/fixtures/recurrent.keras.json', 'utf8');
  const editor = await EditorPage.open(page, file, text);
  const card = editor.node('bidirectional:0');
  await editor.startKernel();
  await expect(editor.shape('decoder:0')).toHaveText('(None, 6)');
  await page.sidebar.openTab('kerasviz-palette');
  await editor.drop('Bidirectional', 60, 60);
  await expect(card).toContainText('Set layer');
  await editor.connect('sequence:0', 'bidirectional:0');
  await editor.set('bidirectional:0', 'layer', 'LSTM');
  await expect(card).toContainText('Set units');
  await editor.set('bidirectional:0', 'units', '5');
  await expect(editor.shape('bidirectional:0')).toHaveText('(None, 10)');
  const units = page.locator('[data-argument="units"]:visible input');
  await units.fill('4');
  await units.press('Control+s');
  await expect(editor.shape('bidirectional:0')).toHaveText('(None, 8)');
  await expect(units).toBeFocused();
  const kept = async () => (await page.request.get(`/files/${file}`)).text();
  await expect.poll(kept).toContain('"units": 4');
});

test('operations are drawn like layers; edges move, and any tensor is an output, as Keras reads it', async ({
  page,
  tmpPath
}) => {
  const file = `${tmpPath}/digits.keras.json`;
  const editor = await EditorPage.open(page, file, DIGITS);
  const { keyboard } = page;
  const mark = (node: string) =>
    editor.node(node).locator('.jp-kerasviz-EndMark');
  const hint = editor.root.locator('.jp-kerasviz-Canvas-hint');
  await page.sidebar.openTab('kerasviz-palette');
  await editor.startKernel();
  await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
  await editor.drop('ops.multiply', 60, 420);
  await expect(editor.node('multiply:0')).toContainText('ops.multiply');
  await editor.connect('hidden:0', 'multiply:0');

  await editor.node('hidden:0').click();
  await keyboard.press('c');
  await expect(hint).toContainText('Connecting from hidden');
  await editor.node('multiply:0').focus();
  await keyboard.press('Enter');
  await expect(hint).toHaveText('Connected hidden to multiply.');
  await expect(editor.shape('multiply:0')).toHaveText('(None, 64)');

  await editor.node('hidden:0').click();
  await keyboard.press('o');
  await expect(mark('hidden:0')).toHaveText('output 3');
  await editor.node('hidden:0').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Move Output Earlier' }).click();
  await expect(mark('hidden:0')).toHaveText('output 2');

  const end = editor.root.locator(
    '[data-id="hidden:0.0>multiply:0.1.0"] .react-flow__edgeupdater-source'
  );
  await end.hover();
  await page.mouse.down();
  const port = editor.node('pixels:0').locator('.react-flow__handle.source');
  const to = (await port.boundingBox())!;
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, {
    steps: 8
  });
  await page.mouse.up();
  const moved = editor.root.locator('[data-id="pixels:0.0>multiply:0.1.0"]');
  await expect(moved).toHaveCount(1);
  await editor.command('undo');
  await expect(moved).toHaveCount(0);
  await editor.command('redo');
  await expect(moved).toHaveCount(1);

  expect(await editor.saved(file)).toContain('ops.numpy');
  const printed = await editor.python(
    file,
    `import keras, os
text = open(os.path.basename("${file}")).read()
model = keras.models.model_from_json(text)
print([t._keras_history.operation.name for t in model.outputs])`
  );
  expect(printed).toContain("['classes', 'hidden', 'multiply']");
});
