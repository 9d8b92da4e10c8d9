import { readFileSync } from 'node:fs';
import {
  expect,
  test,
  type IJupyterLabPageFixture,
  type JupyterLabPage
} from '@jupyterlab/galata';
import { EditorPage } from '../editorpage';

const EXAMPLE = readFileSync('../examples/digits.keras.json', 'utf8');

test.beforeEach(async ({ page, tmpPath }) => {
  const path = `${tmpPath}/digits.keras.json`;
  await page.contents.uploadContent(EXAMPLE, 'text', path);
  await page.evaluate(async path => {
    await window.jupyterapp.commands.execute('docmanager:open', { path });
  }, path);
  await new EditorPage(
    page,
    page.locator('.jp-kerasviz-Document:visible')
  ).startKernel();
});

/** Opens a notebook on the kernel of the document. */
async function openBeside(
  page: IJupyterLabPageFixture,
  path: string
): Promise<void> {
  await page.request.put(`/api/contents/${path}`, {
    data: {
      type: 'notebook',
      content: { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] }
    }
  });
  await page.evaluate(async path => {
    await window.jupyterapp.commands.execute('docmanager:open', { path });
  }, path);
  const dialog = page.locator('.jp-Dialog');
  const kernel = dialog.locator('option', { hasText: 'digits.keras.json' });
  await dialog
    .locator('select')
    .selectOption(await kernel.getAttribute('value'));
  await dialog.locator('button.jp-mod-accept').click();
}

test('the code of what is drawn goes into a notebook and defines the model', async ({
  page
}) => {
  const tab = page.locator('.jp-kerasviz-Document:visible');
  const editor = new EditorPage(page, tab);
  await page.getByRole('tab', { name: 'Code', exact: true }).click();
  const code = page.getByLabel('Keras code');
  await expect(code).toContainText('digits.fit(');
  await page.locator('[data-command="open-code"]').click();
  const script = page.locator('.jp-FileEditor .cm-content');
  await expect(script).toContainText('import keras');
  await page.getByRole('tab', { name: 'digits.keras.json' }).click();
  await page.getByRole('tab', { name: 'Code', exact: true }).click();
  const does = page.getByLabel('What the code does');
  await does.selectOption('Server for the ONNX file');
  await expect(code).toContainText('InferenceSession("digits.onnx")');
  await does.selectOption('Model only');
  await expect(code).not.toContainText('digits.fit(');
  await expect(code).toContainText('layers.Dense(64, activation="relu"');
  await editor.set('hidden:0', 'units', '48');
  await page.getByRole('tab', { name: 'Code', exact: true }).click();
  await expect(code).toContainText('layers.Dense(48, activation="relu"');

  await page.notebook.createNew();
  await page.notebook.addCell(
    'code',
    'print(digits.get_layer("hidden").units)'
  );
  await page.notebook.selectCells(0);
  await page.getByRole('tab', { name: 'digits.keras.json' }).click();
  await page.getByRole('tab', { name: 'Code', exact: true }).click();
  await page.locator('[data-command="insert-code"]').click();
  await page.notebook.runCell(0);
  await page.notebook.runCell(1);
  expect(await page.notebook.getCellTextOutput(1)).toEqual(['48\n']);
});

test('a notebook on the kernel of a document shows its widgets', async ({
  page,
  tmpPath
}) => {
  const editor = new EditorPage(
    page,
    page.locator('.jp-kerasviz-Document:visible')
  );
  await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
  await openBeside(page, `${tmpPath}/beside.ipynb`);
  await page.notebook.setCell(0, 'code', 'import kerasviz; kerasviz.Editor()');
  await page.notebook.runCell(0);
  await expect(page.locator('.jp-kerasviz-Widget')).toBeVisible();

  await page.getByRole('tab', { name: 'digits.keras.json' }).click();
  await editor.set('hidden:0', 'units', '48');
  await expect(editor.shape('hidden:0')).toHaveText('(None, 48)');

  // Both connect again, whoever is first; the document is loaded first here, as it is in front.
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('docmanager:save-all')
  );
  // The type of the fixture has Playwright's own reload instead of Galata's.
  const lab = page as unknown as JupyterLabPage;
  await lab.reload({ waitForIsReady: false });
  await expect(editor.shape('hidden:0')).toHaveText('(None, 48)');
  await page.getByRole('tab', { name: 'beside.ipynb' }).click();
  await expect(page.locator('.jp-kerasviz-Widget')).toBeVisible();

  // A second view of the document has forms of its own.
  await page.getByRole('tab', { name: 'digits.keras.json' }).click();
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('docmanager:clone')
  );
  await expect(page.locator('.jp-kerasviz-Document:visible')).toHaveCount(2);
  await expect(page.locator('.jp-kerasviz-Inspector:visible')).toHaveCount(1);
});

test.describe('with the real answers of the server', () => {
  // Galata's stand-in answers 201 to a restart, which JupyterLab takes for a failure.
  test.use({ kernels: null, sessions: null });

  test(
    'a kernel that a document shares with a notebook restarts for both, whichever of them asks',
    { tag: '@thorough' },
    async ({ page, tmpPath }) => {
      const editor = EditorPage.front(page);
      await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
      await openBeside(page, `${tmpPath}/beside.ipynb`);
      const cell =
        'import ipywidgets, kerasviz\n' +
        'slider = ipywidgets.IntSlider(3)\n' +
        'ipywidgets.VBox([slider, kerasviz.Editor("digits.keras.json")])';
      await page.notebook.setCell(0, 'code', cell);
      const restart = (command: string) =>
        page.evaluate(
          command => void window.jupyterapp.commands.execute(command),
          command
        );
      const accept = page.locator('.jp-Dialog button.jp-mod-accept');
      const show = (tab: string) =>
        page.getByRole('tab', { name: tab }).click();

      for (const [tab, command, units] of [
        ['digits.keras.json', 'kerasviz:restart-kernel', '48'],
        ['beside.ipynb', 'notebook:restart-kernel', '52']
      ]) {
        await show('beside.ipynb');
        await page.notebook.runCell(0);
        // Those of the process before are gone: a key that they get is lost.
        const disconnected = page.locator(
          '.jupyter-widgets-disconnected:visible'
        );
        await expect(disconnected).toHaveCount(0);
        const widget = page.locator('.jp-kerasviz-Widget:visible');
        const beside = new EditorPage(page, widget);
        await expect(beside.shape('classes:0')).toHaveText('(None, 10)');
        await page.locator('.noUi-handle:visible').focus();
        await page.keyboard.press('ArrowRight');
        await expect
          .poll(() =>
            editor.python(`${tmpPath}/beside.ipynb`, 'print(slider.value)')
          )
          .toBe('4');

        await show(tab);
        await restart(command);
        await accept.click();
        await expect(accept).toHaveCount(0);
        // The widgets of the process that has ended say so, and the document asks the new one.
        await show('beside.ipynb');
        await expect(disconnected.first()).toBeVisible();
        await show('digits.keras.json');
        await editor.set('hidden:0', 'units', units);
        await expect(editor.shape('hidden:0')).toHaveText(`(None, ${units})`);
      }
    }
  );
});

test(
  'a new notebook takes the code where none is open',
  { tag: '@thorough' },
  async ({ page }) => {
    await page.getByRole('tab', { name: 'Code', exact: true }).click();
    await page.locator('[data-command="insert-code"]').click();
    await expect(
      page.locator('.jp-Notebook:visible .jp-CodeCell').first()
    ).toContainText('layers.Dense(64');
  }
);

test('a model of the kernel takes the place of the drawing, and undo brings that back', async ({
  page,
  tmpPath
}) => {
  const tab = page.locator('.jp-kerasviz-Document:visible');
  const editor = new EditorPage(page, tab);
  const path = `${tmpPath}/digits.keras.json`;
  await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
  await editor.python(
    path,
    'import keras; net = keras.Sequential([keras.Input((400,)), keras.layers.Dense(3, name="three")])'
  );
  await page.menu.clickMenuItem('File>Open Model from Kernel…');
  await expect(page.locator('.jp-Dialog select')).toHaveValue(
    'net: Sequential, 1,203 parameters'
  );
  await page.locator('.jp-Dialog button.jp-mod-accept').click();
  await expect(editor.shape('three:0')).toHaveText('(None, 3)');
  await expect(editor.node('classes:0')).toHaveCount(0);
  await page.getByRole('tab', { name: 'Train', exact: true }).click();
  await expect(
    page.locator('.jp-kerasviz-Field[data-argument="model_name"] input')
  ).toHaveValue('net');

  // A Sequential says when a change makes it functional, and goes back.
  const notice = page.getByText('The model is now functional');
  await editor.node('three:0').click();
  await page.locator('[data-action="use-again"]:visible').click();
  await expect(notice).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(editor.node('three:1')).toHaveCount(0);
  await editor.command('undo');
  await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
});

const SUBCLASSED = `
import keras

class Net(keras.Model):
    def __init__(self):
        super().__init__(name="net")
        self.inside = keras.layers.Dense(3, name="inside")

    def call(self, x):
        return self.inside(x)

net = Net()
out = net(keras.ops.ones((1, 4)))
`;

test('a subclassed model is one node, with its summary, and says how it can be built', async ({
  page,
  tmpPath
}) => {
  const editor = EditorPage.front(page);
  await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
  const path = `${tmpPath}/digits.keras.json`;
  await editor.python(path, SUBCLASSED);
  await page.menu.clickMenuItem('File>Open Model from Kernel…');
  await expect(page.locator('.jp-Dialog select')).toHaveValue(/^net: Net/);
  await page.locator('.jp-Dialog button.jp-mod-accept').click();
  await expect(editor.error('net:0')).toContainText('register');
  await editor.node('net:0').click();
  await expect(page.getByLabel('Summary of net')).toContainText(
    'inside (Dense)'
  );
});

test('the canvas is exported, the table of layers leads to one, and the palette has every command that can be used now', async ({
  page
}) => {
  const editor = EditorPage.front(page);
  await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
  const exported = async (item: string): Promise<Buffer> => {
    const download = page.waitForEvent('download');
    await page.menu.clickMenuItem(`File>${item}`);
    return readFileSync(await (await download).path());
  };
  const svg = (await exported('Export Canvas as SVG…')).toString('utf8');
  expect(svg).toContain('>hidden</text>');
  expect(svg).toContain('(None, 10)');
  expect(svg).not.toContain('foreignObject');
  const png = await exported('Export Canvas as PNG…');
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect(png.length).toBeGreaterThan(5000);

  // The table sorts by cost.
  await page.getByRole('tab', { name: 'Model', exact: true }).click();
  const table = page.locator('.jp-kerasviz-LayerTable:visible');
  await table.getByRole('button', { name: 'Multiply-adds' }).click();
  const first = table.locator('tbody tr').first();
  await expect(first).toContainText('hidden');
  await expect(first).toContainText('4,096');
  await expect(page.getByText('Optimizer state')).toBeVisible();
  await first.getByRole('button').click();
  await expect(editor.node('hidden:0')).toHaveClass(/selected/);

  // A layer is selected: most commands can be used.
  const commands = await page.evaluate(() => {
    const { commands } = window.jupyterapp;
    return commands
      .listCommands()
      .filter(id => id.startsWith('kerasviz:'))
      .map(id => ({
        id,
        label: commands.label(id),
        usable: commands.isEnabled(id) && commands.isVisible(id)
      }));
  });
  expect(commands.filter(({ label }) => !label)).toEqual([]);
  // What JupyterLab's own commands of the menu Kernel call is in the palette as these.
  const usable = commands.filter(
    ({ id, usable }) => usable && !id.endsWith('-kernel')
  );
  expect(usable.length).toBeGreaterThan(15);
  await page.keyboard.press('Control+Shift+c');
  for (const { id } of usable) {
    await expect(
      page.locator(`.lm-CommandPalette-item[data-command="${id}"]`)
    ).not.toHaveCount(0);
  }
});

test('a mistake in the drawing that keeps the model from being saved is fixed from the dialog that says so', async ({
  page
}) => {
  const editor = EditorPage.front(page);
  await editor.set('hidden:0', 'units', '');
  await expect(editor.error('hidden:0')).toContainText('units');
  await page.menu.clickMenuItem('File>Save Trained Model…');
  const dialog = page.locator('.jp-Dialog');
  await dialog.locator('button.jp-mod-accept').click();
  await expect(dialog).toContainText('needs a value for units');
  await dialog.getByRole('button', { name: 'Set units to 32' }).click();
  await expect(editor.shape('hidden:0')).toHaveText('(None, 32)');

  // For another program: what the kernel lacks is said before, and how far outputs differ after.
  await page.menu.clickMenuItem('File>Save Trained Model…');
  await dialog.locator('select').selectOption('PyTorch program (.pt2)');
  await expect(dialog.getByRole('alert')).toContainText('only on PyTorch');
  await dialog.locator('select').selectOption('OpenVINO (_openvino_model)');
  await expect(dialog.locator('input')).toHaveValue(/_openvino_model$/);
  await dialog.locator('select').selectOption('ONNX (.onnx)');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await dialog.locator('button.jp-mod-accept').click();
  await expect(
    page.getByText(
      /Saved digits\.onnx .*outputs of ONNX Runtime are those of Keras.*4 random samples/
    )
  ).toBeVisible();

  // It says what it does, and can be stopped.
  await page.menu.clickMenuItem('File>Save Trained Model…');
  await dialog.locator('select').selectOption('LiteRT (.tflite)');
  await dialog.locator('button.jp-mod-accept').click();
  const saving = page.locator('.Toastify__toast', {
    hasText: /Saving digits\.tflite\. .+…/
  });
  await saving.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('The export was stopped.')).toBeVisible();
  await expect(saving).toHaveCount(0);
});
