import { readFileSync } from 'node:fs';
import type { ISessionContext } from '@jupyterlab/apputils';
import { expect, type Page, test } from '@playwright/test';
import { EditorPage } from '../editorpage';

const EXAMPLE = readFileSync('../examples/digits.keras.json', 'utf8');

/** Puts a notebook and the example into a folder of the server, and returns the notebook's path. */
async function upload(
  page: Page,
  folder: string,
  ...cells: string[]
): Promise<string> {
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: {
        name: 'python3',
        display_name: 'Python 3',
        language: 'python'
      }
    },
    cells: cells.map((source, index) => ({
      id: `cell-${index}`,
      cell_type: 'code',
      execution_count: null,
      metadata: {},
      outputs: [],
      source
    }))
  };
  const put = (path: string, data: object) =>
    page.request.put(`/api/contents/${path}`, { data });
  await put(folder, { type: 'directory' });
  await put(`${folder}/digits.keras.json`, {
    type: 'file',
    format: 'text',
    content: EXAMPLE
  });
  const path = `${folder}/draw.ipynb`;
  await put(path, { type: 'notebook', content: notebook });
  return path;
}

/** Whether the notebook's kernel waits for a cell. */
function isIdle(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const panel = window.jupyterapp?.shell.currentWidget as {
      sessionContext?: ISessionContext;
    } | null;
    const session = panel?.sessionContext;
    return !!session?.isReady && session.session?.kernel?.status === 'idle';
  });
}

/** Runs the first cell. A notebook without a kernel would ask for one; a page may still ignore the first key. */
async function runFirstCell(page: Page): Promise<void> {
  await expect.poll(() => isIdle(page)).toBe(true);
  await expect(async () => {
    await page.locator('.jp-Cell .cm-content').first().click();
    await page.keyboard.press('Shift+Enter');
    await expect(
      page.locator('.jp-Cell .jp-InputPrompt').first()
    ).not.toHaveText('[ ]:', { timeout: 2000 });
  }).toPass();
}

test.afterEach(async ({ page }) => {
  for (const { id } of await (await page.request.get('/api/sessions')).json()) {
    await page.request.delete(`/api/sessions/${id}`);
  }
});

for (const [host, address] of [
  ['JupyterLab', 'doc/tree'],
  ['Notebook 7', 'notebooks']
]) {
  test.describe(host, () => {
    const folder = `widget-${address.replace('/', '-')}`;
    /** Where keys are taken first by the host, what they do is always tried. */
    const tag = address === 'notebooks' ? [] : '@thorough';

    test(
      'the editor below a cell draws, trains and gives the model',
      { tag },
      async ({ page }) => {
        const path = await upload(
          page,
          folder,
          'import kerasviz\ndigits = "mine"\neditor = kerasviz.Editor("digits.keras.json")\neditor',
          'print(digits is editor.model, type(editor.model).__name__, editor.config["config"]["layers"][1]["config"]["units"])'
        );
        await page.goto(`/${address}/${path}?reset`);
        await runFirstCell(page);
        const output = page.locator('.jp-OutputArea').first();
        const editor = new EditorPage(page, output);
        await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
        // The wheel scrolls the notebook, until the editor is clicked.
        await editor.set('hidden:0', 'units', '32');
        await expect(editor.shape('hidden:0')).toHaveText('(None, 32)');
        const view = editor.root.locator('.react-flow__viewport');
        const seen = (await view.getAttribute('style'))!;
        // Done once the page has drawn what the wheel did.
        const wheel = async () => {
          const pane = editor.root.locator('.react-flow__pane');
          await pane.hover({ position: { x: 10, y: 40 } });
          const wheeled = await page.evaluateHandle(() => ({
            drawn: new Promise<void>(resolve => {
              const frame = (then: () => void) => requestAnimationFrame(then);
              const options = { capture: true, once: true };
              addEventListener(
                'wheel',
                () => frame(() => frame(resolve)),
                options
              );
            })
          }));
          await page.mouse.wheel(0, 40);
          await wheeled.evaluate(({ drawn }) => drawn);
        };
        await page.locator('.jp-Cell .cm-content').first().click();
        await wheel();
        await expect(view).toHaveAttribute('style', seen);
        await editor.node('hidden:0').click();
        await wheel();
        await expect(view).not.toHaveAttribute('style', seen);
        await editor.button('train').click();
        // The name holds something of the user's own.
        await expect(editor.panel.getByRole('alert')).toContainText('digits');
        await editor.button('replace').click();
        await expect.poll(() => editor.points('loss')).toBeGreaterThan(0);
        await expect(editor.panel).toHaveAttribute('data-state', 'finished');
        expect(await editor.points('loss')).toBe(20 * 45);

        await page.locator('.jp-Cell .cm-content').nth(1).click();
        await page.keyboard.press('Shift+Enter');
        await expect(page.locator('.jp-OutputArea-output').last()).toHaveText(
          /^True Functional 32/
        );
      }
    );

    test(
      'an empty editor takes layers and keys, and its drawing survives its cell',
      { tag },
      async ({ page }) => {
        const path = await upload(
          page,
          folder,
          'import kerasviz; kerasviz.Editor()'
        );
        await page.goto(`/${address}/${path}?reset`);
        await runFirstCell(page);
        const editor = new EditorPage(
          page,
          page.locator('.jp-OutputArea').first()
        );
        await expect(editor.root.locator('.react-flow__pane')).toBeVisible();
        await editor.drop('InputLayer', 200, 120);
        await editor.drop('Dense', 200, 260);
        await editor.connect('input_layer:0', 'dense:0');

        // The notebook cuts, inserts and runs cells with these keys.
        const nodes = editor.root.locator('.react-flow__node');
        await editor.node('dense:0').click();
        for (const key of ['x', 'a', 'b', 'Alt+Enter', 'Shift+Enter']) {
          await page.keyboard.press(key);
        }
        await page.keyboard.press('Control+d');
        await expect(nodes).toHaveCount(3);
        await expect(page.locator('.jp-Notebook .jp-Cell')).toHaveCount(2);
        await expect(page.locator('.jp-InputPrompt').first()).toHaveText(
          '[1]:'
        );
        await page.keyboard.press('Control+z');
        await expect(nodes).toHaveCount(2);
        await expect(
          editor.root.locator('.jp-kerasviz-Canvas:focus-within')
        ).toHaveCount(1);

        await page.locator('.jp-Cell .cm-content').first().click();
        await page.keyboard.press('Control+Enter');
        await editor.root
          .getByRole('button', { name: 'Restore Drawing' })
          .click();
        await expect(editor.node('dense:0')).toBeVisible();
        await page.keyboard.press('x');
        await expect(page.locator('.jp-Notebook .jp-Cell')).toHaveCount(2);
      }
    );

    test(
      'a callback draws live charts of any fit',
      { tag },
      async ({ page }) => {
        const path = await upload(
          page,
          folder,
          [
            'import keras, kerasviz, numpy as np',
            'model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])',
            'model.compile("sgd", "mse", metrics=["mae"])',
            'x = np.random.rand(320, 4)',
            'fit = model.fit(x, x.sum(1), epochs=5, verbose=0, callbacks=[kerasviz.LiveCharts()])'
          ].join('\n')
        );
        await page.goto(`/${address}/${path}?reset`);
        await runFirstCell(page);
        const output = page.locator('.jp-OutputArea').first();
        const chart = output.locator('.jp-kerasviz-Chart[data-metric="loss"]');
        await expect(chart).toHaveAttribute('data-points', '50');
        await expect(chart).toHaveAttribute('data-epochs', '5');
        await expect(
          output.locator('.jp-kerasviz-Chart[data-metric="mae"]')
        ).toHaveAttribute('data-points', '50');
      }
    );
  });
}
