import { readFileSync } from 'node:fs';
import { expect, type IJupyterLabPageFixture, test } from '@jupyterlab/galata';
import { EditorPage } from '../editorpage';

const EXAMPLE = JSON.parse(
  readFileSync('../examples/digits.keras.json', 'utf8')
);

const layer = (class_name: string, config: Record<string, unknown>) => ({
  module: class_name === 'Sequential' ? 'keras' : 'keras.layers',
  class_name,
  config,
  registered_name: class_name === 'Sequential' ? 'Sequential' : null
});

/** A network for the digits with a model inside and one in a wrapper, which four epochs make good enough. */
function digits(): string {
  const image = { batch_shape: [null, 8, 8, 1] };
  const { compile_config, kerasviz } = structuredClone(EXAMPLE);
  kerasviz.training.fit.epochs = 4;
  compile_config.optimizer.config.learning_rate = 0.01;
  const features = layer('Sequential', {
    name: 'features',
    layers: [
      layer('InputLayer', { name: 'inside', ...image }),
      layer('Conv2D', {
        name: 'conv',
        filters: 6,
        kernel_size: [3, 3],
        activation: 'relu'
      }),
      layer('MaxPooling2D', { name: 'pool', pool_size: [2, 2] }),
      layer('Flatten', { name: 'flatten' })
    ]
  });
  const row = layer('Sequential', {
    name: 'row',
    layers: [
      layer('InputLayer', { name: 'line', batch_shape: [null, 8, 1] }),
      layer('Dense', {
        name: 'ink',
        units: 1,
        use_bias: false,
        kernel_initializer: 'ones'
      })
    ]
  });
  return JSON.stringify({
    ...layer('Sequential', {
      name: 'digits',
      layers: [
        layer('InputLayer', { name: 'image', ...image }),
        layer('TimeDistributed', { name: 'rows', layer: row }),
        features,
        layer('Dense', { name: 'digit', units: 10, activation: 'softmax' })
      ]
    }),
    compile_config,
    kerasviz: { version: 1, training: kerasviz.training }
  });
}

/** What a picture's menu saves. */
async function saved(page: IJupyterLabPageFixture, item: string) {
  const file = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: item }).click();
  return readFileSync(await (await file).path(), 'latin1');
}

test('a sample is followed through the drawing, while it trains and in a model inside', async ({
  page,
  tmpPath
}) => {
  const file = `${tmpPath}/digits.keras.json`;
  const editor = await EditorPage.open(page, file, digits());
  const view = (node: string) =>
    editor.node(node).locator('.jp-kerasviz-OutputView').first();
  const bar = editor.root.locator('.jp-kerasviz-SampleBar');
  const said = async (node: string) =>
    (await view(node).getAttribute('aria-label')) ?? '';
  await editor.startKernel();
  await expect(editor.shape('digit:0')).toHaveText('(None, 10)');

  await editor.command('look-inside');
  for (const node of ['image:0', 'features:0', 'digit:0']) {
    await expect(view(node)).toBeVisible();
  }
  await expect(bar).toHaveAttribute('data-weights', 'fresh');
  const first = await said('features:0');
  await bar.getByRole('button', { name: 'Next sample' }).click();
  await expect(bar.getByRole('spinbutton')).toHaveValue('1');
  await expect.poll(() => said('features:0')).not.toBe(first);
  await page.keyboard.press('ArrowLeft');
  await expect(bar.getByRole('spinbutton')).toHaveValue('0');
  await expect.poll(() => said('features:0')).toBe(first);

  // in a wrapper, at any of its steps
  await page.setViewportSize({ width: 1280, height: 720 });
  await editor.node('rows:0').dblclick({ position: { x: 20, y: 12 } });
  const step = bar.getByLabel('step of rows');
  await expect(view('ink:0')).toBeVisible();
  await expect(step).toBeHidden();
  await bar.getByRole('button', { name: 'More' }).click();
  const [firstRow, firstLine] = [await said('ink:0'), await said('line:0')];
  await step.click();
  await page.keyboard.press('ArrowUp');
  await expect(step).toHaveValue('1');
  await expect.poll(() => said('ink:0')).not.toBe(firstRow);
  await step.fill('7');
  await expect.poll(() => said('line:0')).not.toBe(firstLine);
  await step.fill('8'); // there is none
  await step.blur();
  await expect(step).toHaveValue('7');
  await bar.getByRole('button', { name: 'More' }).click();
  await page.setViewportSize({ width: 1440, height: 900 });
  await editor.root.getByRole('button', { name: 'digits' }).click();

  await editor.command('train');
  await expect(editor.panel).toHaveAttribute('data-state', 'finished');
  await expect(bar).toHaveAttribute('data-weights', 'trained');
  await expect.poll(() => said('features:0')).not.toBe(first);
  await expect(bar.locator('[data-right="true"]')).toContainText(
    'predicted: 6'
  );

  const epochs = bar.getByRole('slider');
  const answer = bar.locator('.jp-kerasviz-SampleBar-predicted');
  const [trained, predicted] = [
    await said('features:0'),
    await answer.innerText()
  ];
  await epochs.focus();
  await page.keyboard.press('Home');
  await expect(bar.locator('[data-epoch="0"]')).toBeVisible();
  await expect.poll(() => said('features:0')).not.toBe(trained);
  await expect(answer).not.toHaveText(predicted);
  const chart = editor.panel.locator('[data-metric="loss"]').first();
  await expect(chart).toHaveAttribute('data-chosen', '0');
  await chart.locator('.nsewdrag').click();
  await expect(chart).toHaveAttribute('data-chosen', '2');
  await epochs.focus();
  await page.keyboard.press('End');
  await expect.poll(() => said('features:0')).toBe(trained);

  await bar.getByRole('button', { name: 'More' }).click();
  await bar.getByRole('button', { name: 'Why?' }).click();
  const why = editor.root.locator('.jp-kerasviz-WhyPanel');
  await expect(why).toHaveAttribute('data-method', 'grad_cam');
  await expect(why).toContainText('6 (predicted)');
  await why.getByLabel('Method').selectOption('occlusion');
  await expect(why).toHaveAttribute('data-method', 'occlusion');
  await expect(why).toContainText('how much the output drops');
  await why.getByRole('img').press('ArrowRight');
  await expect(why.locator('output')).toContainText('row 0, column 0: ');
  await why.getByRole('button', { name: 'Close' }).click();
  await bar.getByRole('button', { name: 'More' }).click();

  await page.sidebar.close('right');
  await editor.command('fit-view');
  await view('digit:0').click();
  const form = page.locator('.jp-kerasviz-LargeOutput:visible');
  await expect(form).toContainText('has the largest output: softmax(');
  await form.locator('.jp-kerasviz-Lines').hover();
  await expect(form.locator('output')).toContainText('at 5: ');

  await editor.node('features:0').dblclick({ position: { x: 20, y: 12 } });
  await expect(editor.node('conv:0')).toBeVisible();
  // cards this far away show no output
  await editor.root.locator('.react-flow__controls-zoomin').click();
  await expect(view('conv:0')).toHaveAttribute('data-kind', 'maps');
  await view('conv:0').click();
  await expect(form.locator('canvas')).toHaveCount(6);
  await expect(form.locator('tr[data-channel]')).toHaveCount(6);
  await expect(form).toContainText('It sums a patch of 3 x 3 x 1 inputs');
  await form.locator('canvas').nth(2).hover();
  await expect(form.locator('output')).toContainText('channel 2, row ');

  await view('conv:0').click({ button: 'right' });
  const svg = await saved(page, 'Save as SVG');
  expect(svg.match(/<image /g)).toHaveLength(6);
  expect(svg).toContain('data:image/png;base64,');
  await form.getByRole('button', { name: 'Save or copy this picture' }).click();
  expect(await saved(page, 'Save as PNG')).toContain('PNG');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await form.getByRole('button', { name: 'Save or copy this picture' }).click();
  await page.getByRole('menuitem', { name: 'Copy Python Code' }).click();
  await expect(page.getByRole('menu')).toHaveCount(0);
  const code = await page.evaluate(() => navigator.clipboard.readText());
  const shape =
    'import plotly; plotly.io.renderers.default = ""\nexec(code)\nprint(output.shape)';
  expect(
    await editor.python(file, `code = ${JSON.stringify(code)}\n${shape}`)
  ).toContain('(6, 6, 6)');
});

test('over the whole plane each unit has its picture, and the model its boundary; samples are points at a layer', async ({
  page,
  tmpPath
}) => {
  const dense = (name: string, units: number, activation: string) =>
    layer('Dense', { name, units, activation });
  const moons = {
    ...layer('Sequential', {
      name: 'moons',
      layers: [
        layer('InputLayer', { name: 'point', batch_shape: [null, 2] }),
        dense('hidden', 5, 'tanh'),
        dense('moon', 1, 'sigmoid')
      ]
    }),
    compile_config: { optimizer: 'adam', loss: 'binary_crossentropy' },
    kerasviz: {
      version: 1,
      training: {
        data: { class_name: 'moons', config: {} },
        fit: { epochs: 2, validation_split: 0.2 }
      }
    }
  };
  const file = `${tmpPath}/moons.keras.json`;
  const editor = await EditorPage.open(page, file, JSON.stringify(moons));
  const figure = editor.root.locator('.jp-kerasviz-PlaneFigure');
  const units = editor.node('hidden:0').locator('canvas');
  await editor.startKernel();
  await editor.command('look-inside');
  await editor.root.getByRole('button', { name: 'More' }).click();
  await editor.root.getByRole('button', { name: 'Input plane' }).click();
  await expect(units).toHaveCount(5);
  await expect(figure.locator('[data-kind="probability"]')).toBeVisible();
  await figure.locator('canvas').hover();
  await expect(figure.locator('output')).toContainText(/x\[0\] = .*: [01] \(/);
  await units.nth(3).hover();
  await expect(figure).toContainText('hidden, unit 3');

  await units.nth(3).click();
  const form = page.locator('.jp-kerasviz-LargeOutput:visible');
  await form.getByRole('button', { name: 'unit 3' }).click();
  await form.locator('canvas').first().hover();
  await expect(form.locator('output')).toContainText('x[1] = ');

  await editor.root.getByRole('button', { name: 'One sample' }).click();
  await expect(figure).toBeHidden();

  await page.getByTitle(/^Samples as points/).click();
  const points = page.locator('.jp-kerasviz-Scatter path');
  await expect(points).toHaveCount(400);
  await points.nth(399).click(); // no other one lies on it
  const bar = editor.root.locator('.jp-kerasviz-SampleBar');
  await expect(bar.getByRole('spinbutton')).toHaveValue('399');
});
