import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as galata from '@jupyterlab/galata/lib/utils';
import { defineConfig } from '@playwright/test';

/** As many tests as two cores carry: while one waits for its kernel, another draws. */
const WORKERS = 2;
const firstPort = Number(process.env.KERASVIZ_TEST_PORT ?? '8899');
/** Where servers have their files; the processes of workers take the name from here. */
process.env.KERASVIZ_TEST_FILES ??= mkdtempSync(
  path.join(tmpdir(), 'kerasviz-files-')
);

/** The server of a worker, of its own: languages, settings and kernels are a server's. */
function server(worker: number): { port: number; files: string } {
  const files = path.join(process.env.KERASVIZ_TEST_FILES!, String(worker));
  mkdirSync(files, { recursive: true });
  return { port: firstPort + 100 * worker, files };
}

const own = server(Number(process.env.TEST_PARALLEL_INDEX ?? 0));
/** The folder that the server serves, for tests that look at files as another program would. */
process.env.JUPYTERLAB_GALATA_ROOT_DIR = own.files;

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
// Nothing else is in reach there: neither Node nor the checkout.
const isolation: Record<string, string> = installed
  ? {
      PATH: path.resolve(installed, 'bin'),
      PYTHONPATH: '',
      JUPYTER_PATH: ''
    }
  : {};

export default defineConfig({
  testDir: 'tests',
  workers: WORKERS,
  // A loaded machine is slow, and that is no fault of what is tested.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  // CI's machine is shared and may stall: what passes at the second try is reported as flaky there.
  retries: process.env.CI ? 1 : 0,
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${own.port}`,
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
    }
  },
  webServer: Array.from({ length: WORKERS }, (_, worker) => {
    const { port, files } = server(worker);
    return {
      command: 'jupyter lab --config jupyter_server_test_config.py',
      env: {
        KERASVIZ_TEST_PORT: String(port),
        JUPYTERLAB_GALATA_ROOT_DIR: files,
        ...isolation
      },
      url: `http://localhost:${port}/lab`,
      timeout: 120_000,
      reuseExistingServer: !process.env.CI
    };
  })
});
