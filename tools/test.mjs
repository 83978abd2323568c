/**
 * `npm test`: set-up, check, build, unit tests, then the tests in the real window; as root on a Debian build machine (CI) the
 * package too. Every stage runs that can, whatever failed before it; the last line says how many tests passed and failed, and the exit code is 0 only when none failed.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { runInPlace } from './child.mjs';
import { needsDisplay, startDisplay } from './display.mjs';
import { projectFolder, projectPath, readJson } from './setup/cache.mjs';
import { explain, setUp } from './setup/index.mjs';
import { BROKEN, closingLine, sumCounts, unitTestCounts, windowTestCounts } from './test-counts.mjs';

/** @typedef {import('./test-counts.mjs').Counts} Counts */

const NOTHING = { passed: 0, failed: 0, skipped: 0 };
/** What a stage without tests of its own counts for when it went well; when not, it counts as `BROKEN`. */
const WENT_WELL = { passed: 1, failed: 0, skipped: 0 };
const reports = mkdtempSync(join(tmpdir(), 'tandem-test-'));
const program = (/** @type {string[]} */ ...parts) => projectPath('node_modules', ...parts);
const node = (/** @type {string[]} */ args, env = {}) =>
  runInPlace(process.execPath, args, { cwd: projectFolder, env: { ...process.env, ...env } });
const orBroken = (/** @type {number} */ exitCode) => (exitCode === 0 ? WENT_WELL : BROKEN);

/** @returns {Promise<Counts>} */
async function prepare() {
  await setUp();
  return WENT_WELL;
}

/** Format, lint, types, direction, dead code; the unit tests are a stage of their own, to be counted. */
async function check() {
  return orBroken(await node([projectPath('tools', 'check', 'index.mjs'), '--no-tests']));
}

async function unitTests() {
  const report = join(reports, 'unit.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const exitCode = await node([program('vitest', 'vitest.mjs'), 'run', ...reporters]);
  return unitTestCounts(readJson(report), exitCode);
}

/** @returns {Promise<Counts>} */
async function build() {
  await ensureBuilt({ say: (text) => console.log(text), always: true });
  return WENT_WELL;
}

/** The tests of the real window, on a virtual display where there is no screen: two at a time, then those that want the machine alone. */
async function windowTests() {
  // One for each worker: two windows on one display would take the pointer from each other.
  const virtual = needsDisplay() ? [await startDisplay(), await startDisplay()] : [];
  const displays = virtual.map(({ display }) => display).join(' ');
  if (displays) console.log(`No screen here: started virtual displays (${displays})`);
  try {
    const counts = [];
    for (const [project, workers] of /** @type {const} */ ([
      ['together', 2],
      ['alone', 1],
    ])) {
      if (interrupted) break;
      const report = join(reports, `window-${project}.json`);
      const env = { TANDEM_E2E_REPORT: report, ...(displays && { TANDEM_E2E_DISPLAYS: displays }) };
      const chosen = [`--project=${project}`, `--workers=${workers}`];
      const exitCode = await node([program('@playwright', 'test', 'cli.js'), 'test', ...chosen], env);
      counts.push(windowTestCounts(readJson(report), exitCode));
    }
    return sumCounts(counts);
  } finally {
    await Promise.all(virtual.map(({ stop }) => stop()));
  }
}

/** Installing on a person's system is not for a test to do: only a build machine's root on Debian. */
const mayInstall = Boolean(process.env.CI) && process.getuid?.() === 0 && existsSync('/usr/bin/dpkg');

/** Makes the Debian package, installs it, trains in it as an ordinary user, and removes it. */
async function installTest() {
  const made = await node([projectPath('tools', 'package', 'index.mjs')]);
  return orBroken(made || (await node([projectPath('tools', 'package', 'install-test.mjs')])));
}

let interrupted = false;
for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    interrupted = true;
  });
}

/**
 * Runs one stage under its heading and says how long it took.
 * @param {string} name
 * @param {() => Promise<Counts>} work
 * @returns {Promise<Counts>}
 */
async function stage(name, work) {
  if (interrupted) return NOTHING;
  const started = performance.now();
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 60 - name.length))}`);
  let counts;
  try {
    counts = await work();
  } catch (cause) {
    console.log(explain(cause));
    counts = BROKEN;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`── ${name}: ${counts.failed === 0 ? 'ok' : 'FAILED'} (${seconds} s)`);
  return counts;
}

async function main() {
  const stages = [await stage('set-up', prepare)];
  // Without the packages there is nothing to check or build with.
  if (existsSync(projectPath('node_modules', '.package-lock.json'))) {
    stages.push(await stage('check', check));
    const built = await stage('build', build);
    stages.push(built);
    stages.push(await stage('unit tests', unitTests));
    // Tests against the build before this one would say nothing of the code as it is.
    if (built.failed === 0) stages.push(await stage('window tests', windowTests));
    else console.log('\nThe window tests were left out: there is no build to test.');
    if (built.failed === 0 && mayInstall) stages.push(await stage('package and install', installTest));
  }
  const sum = sumCounts(stages);
  if (interrupted) sum.failed = Math.max(1, sum.failed);
  process.exitCode = sum.failed === 0 ? 0 : 1;
  console.log(`\n${closingLine(sum)}`);
}

try {
  await main();
} finally {
  rmSync(reports, { recursive: true, force: true });
}
