import { defineConfig } from '@playwright/test';
import config from './playwright.config';

/** `make bench` runs these; they write their rows into the folder KERASVIZ_BENCH. */
export default defineConfig({
  ...config,
  testDir: 'benchmarks',
  workers: 1,
  timeout: 180_000,
  // A trace takes a picture of the page at every step, which would be measured too.
  use: { ...config.use, trace: 'off' }
});
