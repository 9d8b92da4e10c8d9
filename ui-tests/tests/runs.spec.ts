import { readFileSync } from 'node:fs';
import { expect, test, type JupyterLabPage } from '@jupyterlab/galata';
import type { Locator, Page } from '@playwright/test';
import { EditorPage } from '../editorpage';

/** The digits example, trained for a moment. */
function digits(): string {
  const document = JSON.parse(
    readFileSync('../examples/digits.keras.json', 'utf8')
  );
  document.kerasviz.training.fit.epochs = 2;
  return JSON.stringify(document);
}

/** The list of runs of a document. */
class RunList {
  constructor(private readonly _editor: EditorPage) {}

  get rows(): Locator {
    return this._editor.panel.locator('tr[data-run]');
  }

  cell(row: number, column: string): Locator {
    return this.rows.nth(row).locator(`td[data-column="${column}"]`);
  }

  async draw(row: number): Promise<void> {
    await this.rows.nth(row).getByRole('checkbox').check();
  }

  async act(row: number, action: string): Promise<void> {
    await this.rows.nth(row).locator(`[data-action="${action}"]`).click();
  }

  async rename(row: number, name: string): Promise<void> {
    const field = this.cell(row, 'name').getByRole('textbox');
    await field.fill(name);
    await field.press('Enter');
  }

  async names(): Promise<string[]> {
    const fields = await this.rows.locator('td[data-column="name"] textarea');
    return fields.evaluateAll(all =>
      all.map(field => (field as HTMLTextAreaElement).value)
    );
  }

  async show(): Promise<void> {
    await this._editor.panel
      .getByRole('tab', { name: 'Runs', exact: true })
      .click();
  }
}

/** What a press downloads, as bytes. */
async function downloaded(page: Page, button: Locator): Promise<Buffer> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    button.click()
  ]);
  return readFileSync(await file.path());
}

test('runs are listed with what changed, drawn over each other, compared, exported, deleted and found again', async ({
  page,
  tmpPath
}) => {
  const file = `${tmpPath}/two.keras.json`;
  const editor = await EditorPage.open(page, file, digits());
  const list = new RunList(editor);
  await editor.startKernel();
  await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
  await editor.command('train');
  await expect(editor.panel).toHaveAttribute('data-state', 'finished');
  await editor.set('hidden:0', 'units', '16');
  await expect(editor.shape('hidden:0')).toHaveText('(None, 16)');
  await list.show();
  await expect(list.rows).toHaveCount(1);
  await editor.command('train');
  await list.show();
  await expect(list.rows).toHaveCount(2);
  await expect(list.cell(0, 'state')).toHaveText('Finished');
  await expect(list.cell(0, 'changes')).toContainText('64 → 16');

  await list.rename(1, 'first');
  await list.rename(0, 'narrow');
  await expect.poll(() => list.names()).toEqual(['narrow', 'first']);

  await list.draw(1);
  await editor.panel.getByRole('tab', { name: 'Curves', exact: true }).click();
  await expect(editor.chart('loss')).toHaveAttribute('data-runs', '2');
  await editor.panel.getByRole('button', { name: 'first' }).click();
  await expect(
    editor.panel.locator('.jp-kerasviz-Legend-entry[aria-pressed="false"]')
  ).toHaveText('first');

  await list.show();
  const csv = await downloaded(page, editor.button('export-csv'));
  expect(csv.toString().split('\n')[0]).toContain('val_loss');
  const png = await downloaded(page, editor.button('export-png'));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  const html = await downloaded(page, editor.button('export-html'));
  expect(html.toString()).toContain('narrow');

  await editor.button('compare-runs').click();
  const comparison = editor.panel.getByRole('region', { name: 'What differs' });
  await expect(
    comparison.locator('.jp-kerasviz-LayerDifference[data-layer="hidden"]')
  ).toHaveAttribute('data-fate', 'changed');
  await expect(comparison.getByText('units: 64 → 16')).toBeVisible();
  await expect(comparison.locator('.react-flow__edge')).toHaveCount(3);
  await expect(
    comparison.locator('.jp-kerasviz-Chart[data-metric="loss"]')
  ).toHaveAttribute('data-runs', '2');
  await editor.button('end-comparison').click();

  await list.act(1, 'remove');
  await expect(list.rows).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(list.rows).toHaveCount(2);
  await list.act(0, 'remove');
  await expect(list.rows).toHaveCount(1);
  await list.rows.getByRole('checkbox').focus();
  await page.keyboard.press('Control+z');
  await expect.poll(() => list.names()).toEqual(['narrow', 'first']);

  await page.evaluate(() =>
    window.jupyterapp.commands.execute('kerasviz:shutdown-kernel')
  );
  await expect(
    editor.root.getByText('No Kernel', { exact: true })
  ).toBeVisible();
  // The type of the fixture has Playwright's own reload instead of Galata's.
  const lab = page as unknown as JupyterLabPage;
  await lab.reload({ waitForIsReady: false });
  await list.show();
  await editor.button('list-runs').click();
  await expect.poll(() => list.names()).toEqual(['narrow', 'first']);

  await list.act(1, 'open');
  await expect(page.getByRole('tab', { name: /untitled/ })).toBeVisible();
  const opened = EditorPage.front(page);
  await expect(opened.node('hidden:0')).toContainText('64');
});

test('a run that ends in a tab behind another one is told of', async ({
  page,
  tmpPath
}) => {
  const file = `${tmpPath}/behind.keras.json`;
  const document = JSON.parse(digits());
  document.kerasviz.training.fit.epochs = 100_000;
  const editor = await EditorPage.open(page, file, JSON.stringify(document));
  await editor.startKernel();
  await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
  await editor.command('train');
  await expect(editor.panel).toHaveAttribute('data-state', 'training');
  await page.menu.clickMenuItem('File>New>Text File');
  await expect(editor.panel).toBeHidden();
  await editor.python(file, 'behind.stop_training = True');
  await expect(
    page.getByText(
      /behind.keras.json: the training finished after \d+ epochs?\./
    )
  ).toBeVisible();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(editor.panel).toBeVisible();
});
