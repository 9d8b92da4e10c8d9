import type { Page } from '@playwright/test';

/** Waits until JupyterLab stands as it was left. */
export async function restored(page: Page): Promise<void> {
  await page.waitForFunction(() => !!window.jupyterapp);
  await page.evaluate(() => window.jupyterapp.restored);
}
