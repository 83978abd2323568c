/**
 * `npm run check`: everything that can be said of the code without running it, then the unit tests.
 * `--no-tests` leaves the tests out (`npm test` runs them as a stage of its own). Every part runs, whatever failed before.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @type {[name: string, command: string[]][]} */
const parts = [
  [
    'messages',
    [
      ...['paraglide-js', 'compile', '--project', 'src-renderer/i18n/project.inlang'],
      ...['--outdir', 'src-renderer/i18n/generated', '--strategy', 'globalVariable', 'baseLocale'],
    ],
  ],
  ['format', ['prettier', '--check', '--log-level', 'warn', '.']],
  ['lint and dependency direction', ['eslint', '.']],
  ['types', ['tsc', '--noEmit']],
  ['types of components', ['svelte-check', '--threshold', 'warning', '--output', 'human']],
  ['dead code', ['knip', '--no-progress']],
];
if (!process.argv.includes('--no-tests')) parts.push(['unit tests', ['vitest', 'run']]);

const failed = [];
for (const [name, command] of parts) {
  const start = performance.now();
  const { status } = spawnSync('npx', ['--no-install', ...command], { cwd: root, stdio: 'inherit' });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.error(`check failed: ${failed.join(', ')}`);
  process.exit(1);
}
