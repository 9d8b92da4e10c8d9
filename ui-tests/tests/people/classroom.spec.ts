import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type IJupyterLabPageFixture, test } from '@jupyterlab/galata';
import { EditorPage } from '../../editorpage';
import { expectScriptRepeats, onDisk } from '../../exportedcode';

/** What the teacher hands out: digits, a seed, and one device that all runs share, as they do on a GPU. */
function handedOut(): string {
  const document = JSON.parse(
    readFileSync('../examples/digits.keras.json', 'utf8')
  );
  Object.assign(document.kerasviz.training, {
    seed: 7,
    place: { class_name: 'thread', config: { exclusive: true } }
  });
  return JSON.stringify(document);
}

/** The run of a student who is done: a folder, as kerasviz leaves it. */
function done(folder: string, student: number): void {
  const epochs = [1, 2, 3, 4, 5, 6];
  const loss = epochs.map(x => 2 / x + student / 30);
  const name = `lab-2026-01-01-1000${10 + student}`;
  const run = path.join(folder, `student${student}`, 'runs', name);
  const nothing = { x: [], y: [] };
  const document = JSON.parse(handedOut());
  document.config.layers[1].config.units = student;
  const ends = { x: epochs, y: epochs.map(x => 45 * x) };
  const files = {
    'plan.json': { document, fit: { epochs: 6 }, seed: 7 },
    'label.json': { file: 'lab.keras.json' },
    'state.json': {
      run: name,
      state: 'finished',
      started: 1_767_261_600 + student,
      ended: 1_767_261_700 + student,
      elapsed: 12,
      epoch: 6,
      epochs: 6,
      step: 270,
      best: { loss: { value: loss.at(-1), epoch: 6 } }
    },
    'events.jsonl': {
      curves: { batch: {}, epoch: { loss: { x: epochs, y: loss } } },
      clock: { batch: nothing, epoch: { x: epochs, y: epochs }, ends }
    }
  };
  mkdirSync(run, { recursive: true });
  for (const [file, content] of Object.entries(files)) {
    writeFileSync(path.join(run, file), `${JSON.stringify(content)}\n`);
  }
}

/** A student who opens what was handed out. */
class Student {
  constructor(
    private readonly _page: IJupyterLabPageFixture,
    readonly file: string
  ) {}

  get editor(): EditorPage {
    return EditorPage.front(this._page);
  }

  get panel() {
    return this.editor.panel;
  }

  async open(): Promise<void> {
    await EditorPage.open(this._page, this.file, handedOut());
  }

  async epochs(count: number): Promise<void> {
    await this._page.getByRole('tab', { name: 'Train', exact: true }).click();
    await this.editor.setArgument('epochs', String(count));
  }

  /** Brings the tab of the document to the front. */
  async comeBack(): Promise<void> {
    await this._page
      .locator(`#jp-main-dock-panel .lm-TabBar-tab[title*="${this.file}"]`)
      .click();
  }

  async press(command: string): Promise<void> {
    await this._page
      .locator(`button[data-command="${command}"]:visible`)
      .first()
      .click();
  }
}

test(
  'a class shares one device, everybody changes one thing, and all compare',
  { tag: '@thorough' },
  async ({ page, tmpPath }) => {
    const anna = new Student(page, `${tmpPath}/anna/lab.keras.json`);
    const ben = new Student(page, `${tmpPath}/ben/lab.keras.json`);

    // Anna trains without end. Ben comes later, and has his turn all the same.
    await anna.open();
    await anna.editor.set('hidden:0', 'units', '16');
    await anna.epochs(100_000);
    await anna.editor.command('train');
    await expect(anna.panel).toHaveAttribute('data-state', 'training');
    await ben.open();
    await ben.epochs(100_000);
    await ben.editor.command('train');
    await expect(ben.panel).toHaveAttribute('data-state', 'training');

    // Now she waits, sees it, and stops; he goes on.
    await anna.comeBack();
    await expect(anna.panel).toHaveAttribute('data-state', 'waiting');
    await expect(
      anna.panel.getByText('Waiting for its turn: 1 run is ahead').first()
    ).toBeVisible();
    await anna.editor.command('stop');
    await expect(anna.panel).toHaveAttribute('data-state', 'stopped');

    // A short run waits, too, and comes to its end between two turns of the long one; it repeats with its seed.
    await anna.epochs(3);
    await anna.press('train-fresh');
    await expect(anna.panel).toHaveAttribute('data-state', 'finished');
    await expectScriptRepeats(page, `${tmpPath}/anna`);

    // His kernel dies while it trains: nobody waits for it.
    await ben.comeBack();
    await page.menu.clickMenuItem('Kernel>Shut Down Kernel');
    await expect(ben.panel).toHaveAttribute('data-state', 'lost');
    await anna.comeBack();
    await anna.editor.command('train');
    await expect(anna.panel).toHaveAttribute('data-state', 'finished');

    // All runs of the class, in one picture.
    for (let student = 1; student <= 28; student++) {
      done(onDisk(`${tmpPath}/class`), student);
    }
    await anna.panel.getByRole('tab', { name: 'Runs', exact: true }).click();
    const rows = anna.panel.locator('tr[data-run]');
    await expect(rows).toHaveCount(3);
    await anna.panel.locator('button[data-command="take-runs"]').click();
    const dialog = page.locator('.jp-Dialog');
    await dialog.getByText(path.basename(tmpPath), { exact: true }).click();
    await dialog.getByText('class', { exact: true }).click();
    await dialog.locator('button.jp-mod-accept').click();
    await expect(rows).toHaveCount(31);
    await anna.panel.getByLabel('Draw the curves of all listed runs').check();
    await anna.panel.getByRole('tab', { name: 'Curves', exact: true }).click();
    const chart = anna.editor.chart('loss');
    await expect(chart).toHaveAttribute('data-runs', '31');
    await expect(chart.locator('.scatterlayer .trace')).not.toHaveCount(0);
    const entry = anna.panel.locator('.jp-kerasviz-Legend-entry', {
      hasText: 'student17'
    });
    await entry.hover();
    await expect(
      chart.locator('.scatterlayer .trace[style*="opacity: 1"]')
    ).toHaveCount(1);

    // What differs between two of them.
    await anna.panel.getByRole('tab', { name: 'Runs', exact: true }).click();
    await anna.panel.getByLabel('Draw the curves of all listed runs').uncheck();
    for (const student of ['student3', 'student9']) {
      await anna.panel
        .getByRole('checkbox', {
          name: `Draw the curves of ${student}`,
          exact: true
        })
        .check();
    }
    await anna.panel.locator('button[data-command="compare-runs"]').click();
    await expect(anna.panel.getByText('units: 3 → 9')).toBeVisible();
  }
);
