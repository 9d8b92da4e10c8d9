import { expect, test } from '@jupyterlab/galata';
import { EditorPage } from '../../editorpage';
import { expectScriptRepeats } from '../../exportedcode';

const STEP = 10 * 60 * 1000;
const DAY = 144;

/** Four channels every ten minutes, from the last days of March on: with a gap and a missing value. */
function sensors(days: number): string {
  let seed = 1;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const lines = ['measured at,heat,humidity,pressure,wind'];
  for (let i = 0; i < days * DAY; i++) {
    const when = new Date(Date.UTC(2024, 2, 20) + i * STEP).toISOString();
    const [year, month, day] = when.slice(0, 10).split('-');
    const heat =
      300 + 40 * Math.sin((2 * Math.PI * i) / DAY) + 4 * random() + i / DAY;
    const row = [
      `${day}.${month}.${year} ${when.slice(11, 16)}`,
      heat.toFixed(2),
      i === 100 ? '' : (60 - heat / 20 + random()).toFixed(1),
      (1010 + 3 * random()).toFixed(1),
      (6 * random()).toFixed(1)
    ];
    if (i < 5 * DAY || i > 5 * DAY + 40) {
      lines.push(row.join(','));
    }
  }
  return `${lines.join('\n')}\n`;
}

test(
  'somebody has series of sensors, and wants the next day of one',
  { tag: '@thorough' },
  async ({ page, tmpPath }) => {
    await page.contents.uploadContent(
      sensors(20),
      'text',
      `${tmpPath}/sensors.csv`
    );
    const editor = await EditorPage.create(page, tmpPath);
    const { form } = editor;
    const argument = (name: string) =>
      form.locator(`[data-argument="${name}"] :is(input, select)`).first();

    // A series is cut from any table; a look tells the columns.
    await argument('data').selectOption({ label: 'Time series in a table' });
    await argument('table').selectOption({ label: 'CSV or TSV file' });
    await form.getByText('Choose a File…').click();
    const dialog = page.locator('.jp-Dialog');
    await dialog.getByText('sensors.csv').click();
    await dialog.locator('button.jp-mod-accept').click();
    await form.locator('[data-command="look"]').click();
    await expect(
      form.getByText("'wind' is predicted, as nobody chose another target.")
    ).toBeVisible();

    // The next 24 hours of one channel, from the last 24.
    await argument('target').selectOption('heat');
    await editor.setArgument('length', String(DAY));
    await editor.setArgument('horizon', String(DAY));
    await editor.setArgument('stride', '6');
    await form.locator('[data-command="look"]').click();
    await expect(
      form.getByText(
        "By 'measured at', a row comes every 10 minutes: a window is 1 day long, and 'heat' is predicted for the next 1 day."
      )
    ).toBeVisible();
    await expect(
      form.getByText('The series has a gap from 2024-03-24 23:50:00')
    ).toBeVisible();
    await expect(
      form.locator('[data-code="missingcells"][data-column="humidity"]')
    ).toBeVisible();
    await expect(form.locator('.jp-kerasviz-Samples img')).toHaveCount(6);
    const compared = form.getByText('To compare');
    const [, stays] = /mean absolute error of ([\d.]+) in validation/.exec(
      (await compared.textContent()) ?? ''
    )!;
    await expect(compared).toContainText('as it was a day before');
    await expect(
      form.locator('[data-section="split"] summary').first()
    ).toContainText('Chosen under Data');

    // A first model learns more than that nothing changes.
    await form.locator('[data-command="first_model"]').click();
    await expect(editor.node('heat:0')).toBeVisible();
    await editor.setSeed(1);
    await editor.setArgument('epochs', '3');
    await form.locator('[data-command="train"]').click();
    await expect(editor.panel).toHaveAttribute('data-state', 'finished');
    await expect(editor.panel.getByText('To compare')).toBeVisible();
    const error = editor
      .chart('mean_absolute_error')
      .getByText(/validation \d+/);
    const [, learned] = /validation ([\d.e+]+)/.exec(
      (await error.textContent()) ?? ''
    )!;
    expect(Number(learned)).toBeLessThan(Number(stays));

    await expectScriptRepeats(page, tmpPath);
  }
);

/** Five machines in one table, an hour each row; one lacks two hours, another twenty. */
function machines(): string {
  const lines = ['datetime,machineID,load,vibration'];
  for (let hour = 0; hour < 400; hour++) {
    const when = new Date(Date.UTC(2015, 0, 1) + 6 * hour * STEP).toISOString();
    for (let machine = 1; machine <= 5; machine++) {
      const from = machine === 2 ? 200 : 100;
      const lost = machine === 2 ? 20 : machine === 3 ? 2 : 0;
      if (hour < from || hour >= from + lost) {
        const wave = Math.sin(hour / 4 + machine);
        lines.push(
          `${when.slice(0, 19)},M${machine},${(9 + wave).toFixed(2)},${(40 - wave).toFixed(3)}`
        );
      }
    }
  }
  return `${lines.join('\n')}\n`;
}

test(
  'somebody has several machines in one table, with short gaps',
  { tag: '@thorough' },
  async ({ page, tmpPath }) => {
    await page.contents.uploadContent(
      machines(),
      'text',
      `${tmpPath}/machines.csv`
    );
    const editor = await EditorPage.create(page, tmpPath);
    const { form } = editor;
    const argument = (name: string) =>
      form.locator(`[data-argument="${name}"] :is(input, select)`).first();
    await argument('data').selectOption({ label: 'Time series in a table' });
    await argument('table').selectOption({ label: 'CSV or TSV file' });
    await form.getByText('Choose a File…').click();
    const dialog = page.locator('.jp-Dialog');
    await dialog.getByText('machines.csv').click();
    await dialog.locator('button.jp-mod-accept').click();

    // What tells the machines apart is found, and one click takes it over.
    await form.locator('[data-command="look"]').click();
    await expect(
      form.getByText("They are of 5 series, told apart by 'machineID'")
    ).toHaveCount(1);
    await form.locator('[data-command="accept"]').click();
    await expect(form.locator('[data-command="accept"]')).toHaveCount(0);
    await expect(
      form.locator('[data-argument="group"] [data-name="machineID"] input')
    ).toBeChecked();

    // A short gap is filled, and whole machines validate.
    await editor.setArgument('fill', '3');
    await argument('split').selectOption('by_group');
    await form.locator('[data-command="look"]').click();
    await expect(form.getByText('2 missing rows are put in')).toBeVisible();
    await expect(form.getByText("There is a gap in 'M2'")).toBeVisible();

    await form.locator('[data-command="first_model"]').click();
    await expect(editor.node('vibration:0')).toBeVisible();
    await editor.setSeed(1);
    await editor.setArgument('epochs', '1');
    await form.locator('[data-command="train"]').click();
    await expect(editor.panel).toHaveAttribute('data-state', 'finished');
    await expectScriptRepeats(page, tmpPath);
  }
);
