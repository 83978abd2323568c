/** Unit tests: beside the code, in plain Node, with real collaborators. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/**
 * Tests that have the machine to themselves, after all others: they fill its memory, kill processes after so many
 * milliseconds, measure time, or compare bits of what several threads add up.
 */
const alone = [
  'src-main/app/keep-awake.test.ts',
  'src-main/engine/exact-resume.test.ts',
  'src-main/engine/memory.test.ts',
  'src-main/jobs/kinds/import-kill.test.ts',
  'src-main/jobs/kinds/portable.test.ts',
  'src-main/jobs/training/batch-memory.test.ts',
  'src-main/services/electron-memory.test.ts',
  'src-main/services/failures.test.ts',
  'src-main/services/process-end.test.ts',
  'src-main/services/supervisor.test.ts',
  'src-main/services/training-kill.test.ts',
];

export default defineConfig({
  plugins: [svelte()],
  test: {
    // Native libraries (TensorFlow, SQLite) want a process each, not a thread.
    pool: 'forks',
    testTimeout: 30_000,
    globalSetup: 'src-main/services/testing/shared-builds.ts',
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['src-main/**/*.test.ts', 'src-renderer/**/*.test.ts', 'tools/**/*.test.mjs'],
          exclude: alone,
          maxWorkers: 2,
          // Two share the cores, so each may take twice as long.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: alone, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
