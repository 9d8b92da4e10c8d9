import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as galata from '@jupyterlab/galata/lib/utils';
import { defineConfig } from '@playwright/test';

const port = process.env.KERASVIZ_TEST_PORT ?? '8899';
process.env.KERASVIZ_TEST_PORT = port;
/** The folder that the server serves, for tests that look at files as another program would. */
process.env.JUPYTERLAB_GALATA_ROOT_DIR ??= mkdtempSync(
  path.join(tmpdir(), 'kerasviz-files-')
);

// Galata itself waits 15 seconds, for JupyterLab to begin and for files to be listed: too few where the machine is busy.
const { waitForCondition } = galata;
Object.assign(galata, {
  waitForCondition: (
    condition: () => boolean | Promise<boolean>,
    timeout = 60_000
  ) => waitForCondition(condition, timeout)
});

/** An environment with kerasviz' wheel, for `make wheel-test`; else JupyterLab is that of the checkout. */
const installed = process.env.KERASVIZ_ENVIRONMENT;

export default defineConfig({
  testDir: 'tests',
  // One kernel that trains takes both cores of a small machine.
  workers: 1,
  // A loaded machine is slow, and that is no fault of what is tested.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  // CI's machine is shared and may stall: what passes at the second try is reported as flaky there.
  retries: process.env.CI ? 1 : 0,
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
    }
  },
  webServer: {
    command: 'jupyter lab --config jupyter_server_test_config.py',
    // Nothing else is in reach there: neither Node nor the checkout.
    env: installed
      ? {
          PATH: path.resolve(installed, 'bin'),
          PYTHONPATH: '',
          JUPYTER_PATH: ''
        }
      : {},
    url: `http://localhost:${port}/lab`,
    timeout: 120_000,
    reuseExistingServer: !process.env.CI
  }
});
