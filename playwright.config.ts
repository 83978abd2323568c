/** End-to-end tests: the real window, real jobs, real training. One at a time, because each takes the whole machine. */
import { defineConfig } from '@playwright/test';

const report = process.env['TANDEM_E2E_REPORT'];

export default defineConfig({
  testDir: 'e2e',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env['CI']),
  outputDir: 'test-results',
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
});
