/** Unit tests: beside the code, in plain Node, with real collaborators. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  test: {
    include: ['src-main/**/*.test.ts', 'src-renderer/**/*.test.ts', 'tools/**/*.test.mjs'],
    // Native libraries (TensorFlow, SQLite) want a process each, not a thread.
    pool: 'forks',
    testTimeout: 30_000,
  },
});
