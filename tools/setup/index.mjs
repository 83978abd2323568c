/**
 * `npm run setup`: sees to everything the app needs and does not carry, part by part. Each part answers "is it there and
 * right?" and "put it there"; with everything in place this costs a few file checks. Plain Node: it runs before npm has.
 */
import { pathToFileURL } from 'node:url';
import * as binding from './binding.mjs';
import * as electron from './electron.mjs';
import * as nativeOps from './native-ops.mjs';
import * as npmPackages from './npm-packages.mjs';
import { SetupError } from './process.mjs';
import { createProgress } from './progress.mjs';
import * as sqlite from './sqlite.mjs';
import * as systemLibraries from './system-libraries.mjs';
import * as tensorflow from './tensorflow.mjs';

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {boolean} optional may it be missing (the app then does without, and says so)
 * @property {string} [without] what it means to do without, where that is not a slow backend
 * @property {() => Promise<true | string>} isReady true, or what is missing
 * @property {(progress: import('./progress.mjs').Progress) => Promise<void>} install
 */

/** In the order in which they need one another. @type {Part[]} */
const parts = [npmPackages, systemLibraries, electron, sqlite, tensorflow, binding, nativeOps];

/**
 * Runs all parts.
 * @param {import('./progress.mjs').Progress} [progress] stderr by default
 * @returns {Promise<{ done: string[], without: string[] }>} the parts that were put in place, and those that could not be had
 * @throws {SetupError} when a part that the app can't do without could not be had
 */
export async function setUp(progress = createProgress()) {
  const done = [];
  const without = [];
  const consequences = new Set();
  for (const part of parts) {
    try {
      if (await bringInPlace(part, progress)) done.push(part.name);
    } catch (cause) {
      if (!part.optional) throw cause;
      const hint = cause instanceof SetupError ? ` ${cause.hint}` : '';
      progress.warn(`${part.name}: ${messageOf(cause)}.${hint}`);
      consequences.add(
        part.without ?? 'Without it training runs on a slow backend; the app shows a badge that says so.',
      );
      without.push(part.name);
    }
  }
  for (const consequence of consequences) progress.warn(consequence);
  return { done, without };
}

/**
 * @param {Part} part
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<boolean>} whether there was something to do
 */
async function bringInPlace(part, progress) {
  const missing = await part.isReady();
  if (missing === true) return false;
  const started = performance.now();
  progress.say(`${part.name}: ${missing}`);
  await part.install(progress);
  const still = await part.isReady();
  if (still !== true) throw new SetupError(`${part.name}: ${still}, after it was installed`, 'Run: npm run setup');
  progress.say(`${part.name}: in place, ${seconds(started)} s`);
  return true;
}

/**
 * Sets up, does what it is for, and turns what can't be had into two lines a person can act on.
 * @param {() => Promise<number | void>} [then] gives an exit code
 * @returns {Promise<number>} exit code; 1 also when something could not be had
 */
export async function setUpAnd(then = async () => 0) {
  try {
    await setUp();
    return (await then()) ?? 0;
  } catch (cause) {
    process.stderr.write(`${explain(cause)}\n`);
    return 1;
  }
}

/** What failed and what to do next. @param {unknown} cause */
export function explain(cause) {
  if (cause instanceof SetupError) return `✗ ${cause.message}\n  ${cause.hint}`;
  return `✗ ${cause instanceof Error ? (cause.stack ?? cause.message) : cause}`;
}

/** @param {unknown} cause */
function messageOf(cause) {
  return cause instanceof Error ? cause.message : String(cause);
}

/** @param {number} started */
function seconds(started) {
  return ((performance.now() - started) / 1000).toFixed(1);
}

async function main() {
  const started = performance.now();
  process.exitCode = await setUpAnd();
  if (process.exitCode === 0) process.stderr.write(`Set-up is complete (${seconds(started)} s)\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
