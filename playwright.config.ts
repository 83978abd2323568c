/** End-to-end tests: the real window, real jobs, real training. */
import { defineConfig } from '@playwright/test';

const report = process.env['TANDEM_E2E_REPORT'];

/** Tests that have the machine to themselves: they measure time, kill processes in mid-work, or hold main up on purpose. */
const alone = [
  '**/stalls.spec.ts',
  '**/job-end.spec.ts',
  '**/kill.spec.ts',
  '**/interrupted-imports.spec.ts',
  '**/recovery.spec.ts',
];

export default defineConfig({
  testDir: 'e2e',
  // `npm test` runs "together" two at a time: much of a flow waits for a window or a job to start.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  projects: [
    { name: 'together', testIgnore: alone, outputDir: 'test-results/together' },
    { name: 'alone', testMatch: alone, outputDir: 'test-results/alone' },
  ],
});
