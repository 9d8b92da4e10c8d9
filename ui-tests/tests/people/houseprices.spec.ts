import { expect, test } from '@jupyterlab/galata';
import { EditorPage } from '../../editorpage';
import { expectScriptRepeats } from '../../exportedcode';

/**
 * Prices of houses as a German spreadsheet writes them: semicolons, decimal commas, dates, missing values, an id, five
 * categories.
 */
function houses(rows: number): string {
  let seed = 1;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const one = <T>(values: readonly T[]): T =>
    values[Math.floor(random() * values.length)];
  const number = (value: number) => value.toFixed(1).replace('.', ',');
  const cities = [
    ['Köln', 390_000],
    ['Bonn', 160_000],
    ['Ulm', 10_000]
  ] as const;
  const lines = [
    'id;sold;city;heating;kind;state;garage;area;plot;rooms;floors;distance;built;price'
  ];
  for (let i = 0; i < rows; i++) {
    const [city, extra] = one(cities);
    const area = 60 + 240 * random();
    const distance = 20 * random();
    const state = one(['new', 'good', 'poor'] as const);
    const worth = { new: 400_000, good: 150_000, poor: 0 }[state];
    const price =
      3900 * area + extra + worth - 9000 * distance + 30_000 * random();
    const day = String(1 + Math.floor(28 * random())).padStart(2, '0');
    const month = String(1 + Math.floor(12 * random())).padStart(2, '0');
    lines.push(
      [
        100_000 + i,
        `${day}.${month}.${2015 + Math.floor(8 * random())}`,
        city,
        one(['gas', 'oil', 'pump', 'wood']),
        one(['house', 'flat']),
        state,
        random() < 0.04 ? '' : one(['yes', 'no']),
        random() < 0.05 ? '' : number(area),
        number(area * (1 + 3 * random())),
        Math.max(1, Math.round(area / 28)),
        1 + Math.floor(3 * random()),
        random() < 0.02 ? '' : number(distance),
        1900 + Math.floor(120 * random()),
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
    houses(2000),
    'text',
    `${tmpPath}/houses.csv`
  );
  const editor = await EditorPage.create(page, tmpPath);
  const { form } = editor;

  // The file is chosen in JupyterLab's own dialog, and how it is written is found out.
  await editor.chooseFile('CSV or TSV file', 'houses.csv');
  await editor.look();
  await expect(form.locator('[data-part="size"]')).toContainText(
    '2,000 samples · 14 columns'
  );
  await expect(form.locator('[data-part="size"]')).toContainText(
    'delimiter: “;”'
  );
  const roles = {
    price: 'target',
    id: 'ignored',
    sold: 'input',
    city: 'input'
  };
  const kinds = {
    date: ['sold'],
    category: ['city', 'heating', 'kind', 'state', 'garage'],
    number: ['area', 'distance', 'price']
  };
  for (const [name, role] of Object.entries(roles)) {
    await expect(editor.column(name)).toHaveAttribute('data-role', role);
  }
  for (const [kind, names] of Object.entries(kinds)) {
    for (const name of names) {
      await expect(editor.column(name)).toHaveAttribute('data-kind', kind);
    }
  }
  await expect(
    form.locator('[data-code="missingcells"][data-column="area"]')
  ).toBeVisible();

  // A first model is drawn, and trains: its error is told in money.
  await form.locator('[data-command="accept"]').click();
  await form.locator('[data-command="first_model"]').click();
  await expect(editor.node('price:0')).toBeVisible();
  await editor.setSeed(1);
  await editor.train();
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
  await editor.train();
});
