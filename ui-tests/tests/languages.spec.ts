/** Kernel and page speak the language of JupyterLab; ⟦ ⟧ mark what went through a translator (tests/pseudolocale.py). */
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { EditorPage } from '../editorpage';

/** The example with one class too few, which the kernel tells at the layer. */
const NINE_CLASSES = readFileSync(
  '../examples/digits.keras.json',
  'utf8'
).replace(/"units": 10\b/, '"units": 9');

const FOLDER = 'languages';

async function speak(page: Page, locale: string): Promise<void> {
  await page.request.put(
    '/lab/api/settings/@jupyterlab/translation-extension:plugin',
    { data: { raw: JSON.stringify({ locale }) } }
  );
}

async function upload(page: Page, path: string, data: object): Promise<string> {
  const { ok } = await page.request
    .put(`/api/contents/${path}`, { data })
    .then(response => ({ ok: response.ok() }));
  expect(ok).toBe(true);
  return path;
}

function advice(editor: EditorPage): Locator {
  return editor.node('classes:0').locator('.jp-kerasviz-LayerNode');
}

test.beforeEach(async ({ page }) => {
  await speak(page, 'eo');
  await upload(page, FOLDER, { type: 'directory' });
  await upload(page, `${FOLDER}/nine.keras.json`, {
    type: 'file',
    format: 'text',
    content: NINE_CLASSES
  });
});

test.afterEach(async ({ page }) => {
  await speak(page, 'default');
  for (const { id } of await (await page.request.get('/api/sessions')).json()) {
    await page.request.delete(`/api/sessions/${id}`);
  }
});

test('a document says what the kernel says in the language of the page', async ({
  page
}) => {
  await page.goto(`/doc/tree/${FOLDER}/nine.keras.json?reset`);
  const editor = EditorPage.front(page);
  await expect(editor.button('train')).toHaveText(/^⟦.*⟧$/);
  await editor.startKernel();
  await expect(advice(editor)).toHaveAttribute('data-advice', /^⟦.*10.*⟧/);
});

for (const address of ['doc/tree', 'notebooks']) {
  test(
    `a widget says it too, at /${address}`,
    { tag: address === 'notebooks' ? [] : '@thorough' },
    async ({ page }) => {
      const source = 'import kerasviz; kerasviz.Editor("nine.keras.json")';
      const path = await upload(page, `${FOLDER}/nine.ipynb`, {
        type: 'notebook',
        content: {
          nbformat: 4,
          nbformat_minor: 5,
          metadata: {
            kernelspec: { name: 'python3', display_name: 'Python 3' }
          },
          cells: [
            {
              id: 'cell',
              cell_type: 'code',
              execution_count: null,
              metadata: {},
              outputs: [],
              source
            }
          ]
        }
      });
      await page.goto(`/${address}/${path}?reset`);
      const output = page.locator('.jp-OutputArea').first();
      await expect(async () => {
        await page.locator('.jp-Cell .cm-content').first().click();
        await page.keyboard.press('Shift+Enter');
        await expect(output.locator('.react-flow')).toBeVisible({
          timeout: 30_000
        });
      }).toPass();
      const editor = new EditorPage(page, output);
      await expect(advice(editor)).toHaveAttribute('data-advice', /^⟦.*10.*⟧/);
      await expect(editor.button('train')).toHaveText(/^⟦.*⟧$/);
    }
  );
}
