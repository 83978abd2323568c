/** Builds the three sides: main (with the job process and the terminal as entries of their own), preload, renderer. */
import { resolve } from 'node:path';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

const here = (path: string) => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node20',
      minify: false,
      rollupOptions: {
        input: {
          index: here('src-main/app/index.ts'),
          job: here('src-main/jobs/entry.ts'),
          data: here('src-main/services/data-thread-entry.ts'),
          tandem: here('src-main/terminal/index.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rollupOptions: {
        input: { index: here('src-main/preload/index.ts') },
        // A sandboxed preload must be one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [
      paraglideVitePlugin({
        project: here('src-renderer/i18n/project.inlang'),
        outdir: here('src-renderer/i18n/generated'),
        strategy: ['globalVariable', 'baseLocale'],
      }),
      svelte(),
    ],
    build: {
      outDir: 'out/renderer',
      minify: true,
      rollupOptions: { input: { index: here('src-renderer/index.html') } },
    },
  },
});
