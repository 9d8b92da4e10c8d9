import { readFileSync } from 'node:fs';
import { expect, test } from '@jupyterlab/galata';
import type { Page } from '@playwright/test';
import { EditorPage } from '../editorpage';

declare global {
  // The browser's own name, to which this test adds what it records.
  // eslint-disable-next-line @typescript-eslint/naming-convention
  interface Window {
    /** The notifications that the browser was asked for. */
    shown: Notification[];
  }
}

/** The digits example, to be trained for longer than a test takes. */
function digits(): string {
  const document = JSON.parse(
    readFileSync('../examples/digits.keras.json', 'utf8')
  );
  document.kerasviz.training.fit.epochs = 100_000;
  return JSON.stringify(document);
}

/** The texts of the notifications. */
function shown(page: Page): Promise<string[]> {
  return page.evaluate(() => window.shown.map(({ title }) => title));
}

test('somebody who looks at another page is told by the browser when a run ends and when it breaks', async ({
  page,
  context,
  tmpPath
}) => {
  await context.grantPermissions(['notifications']);
  await page.evaluate(() => {
    window.shown = [];
    window.Notification = class extends Notification {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        window.shown.push(this);
      }
    };
  });
  // In Playwright, every page has the focus.
  const leave = () =>
    page.evaluate(() => {
      document.hasFocus = () => false;
    });
  const comeBack = () =>
    page.evaluate(() => {
      document.hasFocus = () => true;
      window.dispatchEvent(new FocusEvent('focus'));
    });

  const file = `${tmpPath}/away.keras.json`;
  const editor = await EditorPage.open(page, file, digits());
  await editor.startKernel();
  await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
  await page.keyboard.press('Control+Shift+c');
  await page
    .locator('.lm-CommandPalette-input')
    .last()
    .fill('Notify by the Browser');
  await page.keyboard.press('Enter');
  await editor.command('train');
  await expect(editor.panel).toHaveAttribute('data-state', 'training');

  await leave();
  await editor.python(file, 'away.stop_training = True');
  await expect
    .poll(() => shown(page))
    .toEqual([
      expect.stringMatching(
        /^away.keras.json: the training finished after \d+ epochs?\.$/
      )
    ]);
  await expect(page).toHaveTitle(/^✓ /);
  await comeBack();
  await expect(page).toHaveTitle(/^(?!✓)/);

  await editor.command('train');
  await expect(editor.panel).toHaveAttribute('data-state', 'training');
  await page.menu.clickMenuItem('File>New>Text File');
  await expect(editor.panel).toBeHidden();
  await leave();
  await editor.python(file, 'away.reset_metrics = None');
  await expect
    .poll(async () => (await shown(page))[1])
    .toMatch(/^away.keras.json: the training failed\. ./);
  await expect(page).toHaveTitle(/^✗ /);
  await page.evaluate(() => window.shown[1].dispatchEvent(new Event('click')));
  await expect(editor.panel).toHaveAttribute('data-state', 'failed');
  await expect(editor.panel).toBeVisible();
  await comeBack();
  await expect(page).toHaveTitle(/^(?!✗)/);
});
