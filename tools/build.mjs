/**
 * Builds `out/` when what it is made from changed. The signature is of names, sizes and times, not of contents: a warm
 * start pays a few hundred stat calls.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { projectFolder, projectPath, readJson, writeWhole } from './setup/cache.mjs';
import { SetupError } from './setup/process.mjs';

/** What a build is made from; the generated messages are made by the build itself. */
const SOURCES = ['src-main', 'src-renderer', 'resources', 'electron.vite.config.ts', 'package-lock.json'];
const MADE_BY_BUILD = [join('src-renderer', 'i18n', 'generated'), join('src-renderer', 'i18n', 'project.inlang')];
const TEST = /\.test\.(ts|mjs)$/;

/** Without these a stamp means nothing. */
const ENTRIES = ['main/index.js', 'main/job.js', 'main/tandem.js', 'preload/index.cjs', 'renderer/index.html'];

const stampPath = () => projectPath('out', 'build.json');

/**
 * One word for the state of all sources.
 * @param {string} [folder] the project's root
 */
export function sourceSignature(folder = projectFolder) {
  const hash = createHash('sha256');
  for (const path of SOURCES) addFile(hash, folder, path);
  return hash.digest('hex').slice(0, 20);
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} folder
 * @param {string} path below it
 */
function addFile(hash, folder, path) {
  const found = statSync(join(folder, path), { throwIfNoEntry: false });
  if (!found || MADE_BY_BUILD.includes(path) || TEST.test(path)) return;
  if (!found.isDirectory()) {
    hash.update(`${path.split(sep).join('/')} ${found.size} ${found.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(join(folder, path)).sort()) addFile(hash, folder, join(path, name));
}

/** Does `out/` stand for the sources as they are? */
export function isBuilt() {
  if (readJson(stampPath())?.signature !== sourceSignature()) return false;
  return ENTRIES.every((entry) => statSync(projectPath('out', entry), { throwIfNoEntry: false }));
}

/**
 * Builds when it is needed.
 * @param {{ say?: (text: string) => void, always?: boolean }} [options] what the builder prints goes to stderr, so that
 *   stdout stays with the command it is for
 * @returns {Promise<boolean>} whether a build was made
 * @throws {SetupError} when the build failed
 */
export async function ensureBuilt({ say = () => undefined, always = false } = {}) {
  if (!always && isBuilt()) return false;
  const started = performance.now();
  say('Building …');
  const signature = sourceSignature();
  const code = await runBuilder();
  if (code !== 0) throw new SetupError(`The build failed (exit code ${code})`, 'The lines above say where.');
  await writeWhole(stampPath(), JSON.stringify({ signature }));
  say(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return true;
}

/** @returns {Promise<number>} exit code */
function runBuilder() {
  const builder = projectPath('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const child = spawn(process.execPath, [builder, 'build', '--logLevel', 'warn'], {
    cwd: projectFolder,
    stdio: ['ignore', 2, 2],
  });
  return new Promise((settle, refuse) => {
    child.once('error', refuse);
    child.once('close', (code) => settle(code ?? 1));
  });
}
