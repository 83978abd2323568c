/**
 * `npm run check`: everything that can be said of the code without running it, then the unit tests.
 * `--no-tests` leaves the tests out (`npm test` runs them as a stage of its own). Every part runs, whatever failed before;
 * most use one core, so two run at a time.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @typedef {{ name: string, command: string[] }} Part */

/** The others need what it makes. @type {Part} */
const messages = {
  name: 'messages',
  command: [
    ...['paraglide-js', 'compile', '--project', 'src-renderer/i18n/project.inlang'],
    ...['--outdir', 'src-renderer/i18n/generated', '--strategy', 'globalVariable', 'baseLocale'],
  ],
};
/** The longest first. @type {Part[]} */
const sideBySide = [
  {
    name: 'types of components',
    command: ['svelte-check', '--threshold', 'warning', '--output', 'human'],
  },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'lint and dependency direction', command: ['eslint', '.'] },
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'dead code', command: ['knip', '--no-progress'] },
];
/** @type {Part} */
const tests = { name: 'unit tests', command: ['vitest', 'run'] };

/** @type {string[]} */
const failed = [];

/**
 * @param {Part} part
 * @param {'at once' | 'when it ended'} shown two that run side by side would mix what they print
 * @returns {Promise<void>}
 */
function run({ name, command }, shown) {
  const start = performance.now();
  const output = shown === 'at once' ? 'inherit' : 'pipe';
  const child = spawn('npx', ['--no-install', ...command], { cwd: root, stdio: ['ignore', output, output] });
  /** @type {Buffer[]} */
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => printed.push(bytes));
  return new Promise((settle, refuse) => {
    child.on('error', refuse);
    child.on('close', (status) => {
      process.stdout.write(Buffer.concat(printed));
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
      if (status !== 0) failed.push(name);
      settle();
    });
  });
}

await run(messages, 'at once');
const waiting = [...sideBySide];
const worker = async () => {
  for (let part = waiting.shift(); part; part = waiting.shift()) await run(part, 'when it ended');
};
await Promise.all([worker(), worker()]);
if (!process.argv.includes('--no-tests')) await run(tests, 'at once');
if (failed.length > 0) {
  console.error(`check failed: ${failed.join(', ')}`);
  process.exit(1);
}
