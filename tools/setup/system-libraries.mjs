/**
 * The system's libraries that Electron's window needs, and the virtual display where there is no screen. Known for Debian and
 * its relatives, where root gets them installed; elsewhere Electron's own check says which file is missing.
 */
import { existsSync, statSync } from 'node:fs';
import { cachePath, readJson, writeWhole } from './cache.mjs';
import { hasProgram, run, runOrThrow, SetupError } from './process.mjs';
import { whileShowing } from './progress.mjs';

export const name = 'system libraries';
export const optional = false;

/** Each by its names in the releases since Debian 12 and Ubuntu 22.04; the first that exists is installed. */
const WINDOW = [
  ...[['libgtk-3-0', 'libgtk-3-0t64'], ['libnss3'], ['libasound2', 'libasound2t64'], ['libgbm1'], ['libxss1']],
  ...[['libxtst6'], ['libatk-bridge2.0-0', 'libatk-bridge2.0-0t64'], ['libdrm2'], ['libxkbcommon0'], ['libnotify4']],
  ['libsecret-1-0'],
];
const DISPLAY = [['xvfb'], ['xauth']];
/** Chinese text shows as boxes without it: wanted, not needed. */
const FONTS = [['fonts-noto-cjk']];

const DPKG_STATUS = '/var/lib/dpkg/status';
const stampPath = () => cachePath('system-libraries.json');

/** What this machine needs; a screen makes the virtual display needless. */
function needs() {
  const screen = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return [...WINDOW, ...(screen ? [] : DISPLAY), ...(isRoot() ? FONTS : [])];
}

function isRoot() {
  return process.getuid?.() === 0;
}

/** What was found is worth nothing once the system's list of packages changed. */
function stateOfSystem() {
  return `${statSync(DPKG_STATUS).mtimeMs} ${needs().flat().join(' ')}`;
}

/** @returns {Promise<true | string>} true, or what is missing */
export async function isReady() {
  if (process.platform !== 'linux' || !existsSync(DPKG_STATUS)) return true;
  if (readJson(stampPath())?.state === stateOfSystem()) return true;
  const missing = await missingPackages();
  if (missing.length > 0) return `missing: ${missing.map(([first]) => first).join(' ')}`;
  await writeWhole(stampPath(), JSON.stringify({ state: stateOfSystem() }));
  return true;
}

/** @returns {Promise<string[][]>} the needs of which no name is installed */
async function missingPackages() {
  const { output } = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...needs().flat()]);
  return missingAmong(needs(), output);
}

/**
 * @param {string[][]} needed names that stand for one another
 * @param {string} listing one `name status` per line
 */
export function missingAmong(needed, listing) {
  const installed = new Set();
  for (const line of listing.split('\n')) {
    const [name, status] = line.trim().split(' ');
    if (status === 'installed') installed.add(name);
  }
  return needed.filter((names) => !names.some((name) => installed.has(name)));
}

/** @param {import('./progress.mjs').Progress} progress */
export async function install(progress) {
  const missing = await missingPackages();
  if (!isRoot()) {
    const names = missing.map((alternatives) => alternatives[0]).join(' ');
    throw new SetupError(`Missing system libraries: ${names}`, `Run: sudo apt-get install ${names}`);
  }
  if (!hasProgram('apt-get')) throw new SetupError('There is no apt-get', `Install: ${missing.flat().join(' ')}`);
  const hint = 'Check the package sources of the system (apt-get update), then run it again.';
  const apt = (/** @type {string[]} */ ...args) =>
    runOrThrow('The system libraries could not be installed', hint, 'apt-get', args, {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
  await whileShowing(progress, '  apt-get update,', apt('update'));
  const names = [];
  for (const alternatives of missing) names.push(await firstKnown(alternatives));
  const work = apt('install', '-y', '--no-install-recommends', ...names);
  await whileShowing(progress, `  apt-get install ${names.length} packages,`, work);
  const left = await missingPackages();
  if (left.length > 0) throw new SetupError(`Still missing: ${left.flat().join(' ')}`, hint);
}

/** @param {string[]} alternatives @returns {Promise<string>} the first that the system's sources offer */
async function firstKnown(alternatives) {
  for (const candidate of alternatives) {
    const { output } = await run('apt-cache', ['policy', candidate]);
    if (/Candidate: (?!\(none\))/.test(output)) return candidate;
  }
  return String(alternatives[0]);
}
