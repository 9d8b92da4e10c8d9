import { defineConfig } from '@playwright/test';
import config from './playwright.config';

/** Makes the pictures of the documentation. */
export default defineConfig({ ...config, testDir: 'pictures' });
