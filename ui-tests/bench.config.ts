import { defineConfig } from '@playwright/test';
import config from './playwright.config';

/** `make bench` runs these; they write their rows into the folder KERASVIZ_BENCH. */
export default defineConfig({
  ...config,
  testDir: 'benchmarks',
  timeout: 600_000
});
