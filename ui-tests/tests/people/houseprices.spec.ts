import { expect, test } from '@jupyterlab/galata';
import { EditorPage } from '../../editorpage';
import { expectScriptRepeats } from '../../exportedcode';

/** Prices of houses as a German spreadsheet writes them: semicolons, decimal commas, an id, dates, missing values. */
function houses(rows: number): string {
  let seed = 1;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const one = <T>(values: readonly T[]): T =>
    values[Math.floor(random() * values.length)];
  const number = (value: number) => value.toFixed(1).replace('.', ',');
  const cities = [
    ['Köln', 90_000],
    ['Bonn', 60_000],
    ['Ulm', 10_000]
  ] as const;
  const lines = ['id;sold;city;heating;area;rooms;distance;price'];
  for (let i = 0; i < rows; i++) {
    const [city, extra] = one(cities);
    const area = 60 + 120 * random();
    const distance = 20 * random();
    const price = 2500 * area + extra - 3000 * distance + 9000 * random();
    const day = String(1 + Math.floor(28 * random())).padStart(2, '0');
    const month = String(1 + Math.floor(12 * random())).padStart(2, '0');
    lines.push(
      [
        100_000 + i,
        `${day}.${month}.${2015 + Math.floor(8 * random())}`,
        city,
        one(['gas', 'oil', 'pump']),
        random() < 0.05 ? '' : number(area),
        Math.max(1, Math.round(area / 28)),
        number(distance),
        number(price)
      ].join(';')
    );
  }
  return `${lines.join('\n')}\n`;
}

test('somebody wants the price of a house, and has a CSV file', async ({
  page,
  tmpPath
}) => {
  await page.contents.uploadContent(
    houses(1200),
    'text',
    `${tmpPath}/houses.csv`
  );
  await page.filebrowser.openDirectory(tmpPath);
  await page
    .locator('.jp-LauncherCard', { hasText: 'Keras Model' })
    .first()
    .click();
  const editor = EditorPage.front(page);
  await page.getByRole('tab', { name: 'Train', exact: true }).click();
  const form = page.locator('.jp-kerasviz-TrainForm:visible');

  // The file is chosen in JupyterLab's own dialog, and how it is written is found out.
  await form
    .locator('[data-argument="data"] select')
    .first()
    .selectOption({ label: 'CSV or TSV file' });
  await form.getByText('Choose a File…').click();
  const dialog = page.locator('.jp-Dialog');
  await dialog.getByText('houses.csv').click();
  await dialog.locator('button.jp-mod-accept').click();
  await form.locator('[data-command="look"]').click();
  await expect(form.locator('[data-part="size"]')).toContainText(
    '1,200 samples · 8 columns'
  );
  await expect(form.locator('[data-part="size"]')).toContainText(
    'delimiter: ";"'
  );
  const role = (column: string) =>
    form.locator(`.jp-kerasviz-Columns [data-column="${column}"]`);
  await expect(role('price')).toHaveAttribute('data-role', 'target');
  await expect(role('id')).toHaveAttribute('data-role', 'ignored');
  await expect(role('area')).toHaveAttribute('data-kind', 'number');
  await expect(role('sold')).toHaveAttribute('data-kind', 'date');
  await expect(
    form.locator('[data-code="missingcells"][data-column="area"]')
  ).toBeVisible();

  // A first model is drawn, and trains: its error is told in money.
  await form.locator('[data-command="accept"]').click();
  await form.locator('[data-command="first_model"]').click();
  await expect(editor.node('price:0')).toBeVisible();
  await editor.setSeed(1);
  await form.locator('[data-command="train"]').click();
  await expect(editor.panel).toHaveAttribute('data-state', 'finished');
  const error = editor.chart('mean_absolute_error').getByText(/validation \d+/);
  const [, money] = /validation ([\d.e+]+)/.exec(
    (await error.textContent()) ?? ''
  )!;
  expect(Number(money)).toBeGreaterThan(1000);
  expect(Number(money)).toBeLessThan(100_000);

  await expectScriptRepeats(page, tmpPath);
  await page.getByRole('tab', { name: 'Train', exact: true }).click();

  // With the preparation inside, the model takes the columns of the file.
  await form.locator('[data-command="prepare_in_model"]').click();
  await expect(editor.node('city:0')).toBeVisible();
  await expect(editor.node('id:0')).toHaveCount(0);
  await form.locator('[data-command="train"]').click();
  await expect(editor.panel).toHaveAttribute('data-state', 'training');
  await expect(editor.panel).toHaveAttribute('data-state', 'finished');
});
