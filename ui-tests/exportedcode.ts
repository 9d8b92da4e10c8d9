import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import { expect } from '@playwright/test';

/** What each epoch measured: numbers by name, in the order of the epochs. */
export type EpochLogs = { [name: string]: number[] };

/** Runs a script and prints what its `fit` measured. */
const MEASURE = `
import json, sys
names = {}
exec(compile(sys.stdin.read(), "exported.py", "exec"), names)
logs = names["history"].history
print(json.dumps({name: [float(value) for value in values] for name, values in logs.items()}))
`;

/** The folder of the disk that a path of JupyterLab's contents names. */
export function onDisk(contentsPath: string): string {
  return path.join(process.env.JUPYTERLAB_GALATA_ROOT_DIR!, contentsPath);
}

/** The script that the Code tab shows, once it is that of the drawing as it stands. */
export async function exportedScript(
  page: IJupyterLabPageFixture
): Promise<string> {
  await page.getByRole('tab', { name: 'Code', exact: true }).click();
  const tab = page.locator('.jp-kerasviz-CodeTab:visible');
  await tab.getByLabel('What the code does').selectOption('Script with fit');
  const code = tab.getByLabel('Keras code');
  await expect(code).toContainText('.fit(');
  await expect(tab).not.toHaveAttribute('data-pending');
  return (await code.textContent()) ?? '';
}

/**
 * Runs a script in a Python of its own, beside the data.
 *
 * @param script - Leaves what `fit` gave as `history`.
 * @param folder - Where the document is, in JupyterLab's contents.
 * @returns What each epoch measured.
 */
export function runScript(script: string, folder: string): EpochLogs {
  const printed = execFileSync('python', ['-c', MEASURE], {
    cwd: onDisk(folder),
    encoding: 'utf8',
    input: script,
    stdio: ['pipe', 'pipe', 'inherit']
  });
  return JSON.parse(printed.trim().split('\n').pop()!) as EpochLogs;
}

/** What the newest run of a folder measured, from its `history.csv`. */
export function recordedLogs(folder: string): EpochLogs {
  const runs = onDisk(`${folder}/runs`);
  const newest = readdirSync(runs)
    .filter(name => !name.startsWith('.'))
    .sort()
    .pop()!;
  const [head, ...rows] = readFileSync(
    path.join(runs, newest, 'history.csv'),
    'utf8'
  )
    .trim()
    .split(/\r?\n/)
    .map(line => line.split(','));
  return Object.fromEntries(
    head.map((name, column) => [name, rows.map(row => Number(row[column]))])
  );
}

/** The script of the Code tab measures what the newest run measured, epoch by epoch. */
export async function expectScriptRepeats(
  page: IJupyterLabPageFixture,
  folder: string
): Promise<void> {
  const recorded = recordedLogs(folder);
  const measured = runScript(await exportedScript(page), folder);
  expect(Object.keys(measured)).toContain('loss');
  for (const [name, values] of Object.entries(measured)) {
    expect(recorded[name], name).toHaveLength(values.length);
    values.forEach((value, epoch) =>
      // Two processes of one machine may add up in different orders.
      expect(
        value / recorded[name][epoch],
        `${name}, epoch ${epoch}`
      ).toBeCloseTo(1, 4)
    );
  }
}
