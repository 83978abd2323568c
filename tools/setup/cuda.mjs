/**
 * Which build of TensorFlow's library this machine gets: the one for NVIDIA's GPUs (CUDA 12) where there is such a GPU with a
 * driver that is new enough and room on the disk, else the one for processors. TANDEM_TENSORFLOW=cpu or =cuda decides by hand.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { cachePath, platformName, readJson, writeWhole } from './cache.mjs';
import { CUDA_WHEELS } from './pinned.mjs';

/** CUDA 12 libraries run on drivers from this one on (NVIDIA's table of minor-version compatibility). */
const OLDEST_DRIVER = [525, 60];
/** The wheels and what is in them lie beside one another for a while. */
const BYTES = 10e9;
const DAY_MS = 86_400_000;

/**
 * @typedef {'cpu' | 'cuda'} Build
 * @typedef {object} Machine
 * @property {string} platform as `platformName`
 * @property {string} wish TANDEM_TENSORFLOW, empty where it is not set
 * @property {boolean} hasGpu
 * @property {string | null} driver its version, null where none answers
 * @property {number} freeBytes where the cache lies
 * @property {boolean} installed is the CUDA build there already
 * @property {string | null} failure why the last try to get it failed, if that was not long ago
 */

/**
 * @param {Machine} machine
 * @returns {{ build: Build, notice: string | null }} the notice says why a GPU that is there is not used
 */
export function chooseBuild({ platform, wish, hasGpu, driver, freeBytes, installed, failure }) {
  const without = (/** @type {string} */ why) => ({ build: /** @type {const} */ ('cpu'), notice: why });
  if (wish === 'cpu') return { build: 'cpu', notice: null };
  if (wish !== 'cuda' && wish !== '') return without(`TANDEM_TENSORFLOW is "${wish}" where it can be "cpu" or "cuda"`);
  const asked = wish === 'cuda';
  if (!(platform in CUDA_WHEELS))
    return asked ? without(`No CUDA build is known for ${platform}`) : { build: 'cpu', notice: null };
  if (!asked) {
    if (!hasGpu) return { build: 'cpu', notice: null };
    if (driver === null) return without('There is an NVIDIA GPU, but its driver does not answer');
    if (isOlder(driver)) {
      return without(`The NVIDIA driver is ${driver}; the GPU is used from ${OLDEST_DRIVER.join('.')} on`);
    }
    if (failure !== null && !installed)
      return without(
        `The CUDA build could not be had (${failure}); it is tried again tomorrow, or with TANDEM_TENSORFLOW=cuda`,
      );
  }
  if (!installed && freeBytes < BYTES) {
    return without(
      `The CUDA build needs ${BYTES / 1e9} GB on the disk, of which ${Math.floor(freeBytes / 1e9)} are free`,
    );
  }
  return { build: 'cuda', notice: null };
}

/** @param {string} driver such as 550.54.14 */
function isOlder(driver) {
  const [major = 0, minor = 0] = driver.split('.').map(Number);
  const [oldest = 0, oldestMinor = 0] = OLDEST_DRIVER;
  return major < oldest || (major === oldest && minor < oldestMinor);
}

/** @type {{ build: Build, notice: string | null } | null} */
let chosen = null;

/** The choice for this machine, made once per process. */
export function chosenBuild() {
  chosen ??= chooseBuild(lookAtMachine());
  return chosen;
}

/** Falls back for this process, and for a day where nobody asks for CUDA by name. @param {unknown} cause */
export async function refuseCuda(cause) {
  const failure = cause instanceof Error ? cause.message : String(cause);
  chosen = { build: 'cpu', notice: `The CUDA build could not be had: ${failure}` };
  await writeWhole(cachePath(FAILURE), JSON.stringify({ time: Date.now(), failure }));
}

const FAILURE = 'cuda-failure.json';

/** @returns {Machine} */
function lookAtMachine() {
  const last = readJson(cachePath(FAILURE));
  return {
    platform: platformName,
    wish: process.env['TANDEM_TENSORFLOW'] ?? '',
    ...findGpu(),
    freeBytes: freeBytes(cachePath()),
    installed: existsSync(cudaFolder()),
    failure: last && Date.now() - last.time < DAY_MS ? String(last.failure) : null,
  };
}

/** Where the CUDA build and NVIDIA's libraries lie. */
export function cudaFolder() {
  return cachePath(`tensorflow-cuda-${platformName}`);
}

/** The kernel's own list of NVIDIA GPUs and its driver's version; `nvidia-smi` where there is no such list (WSL). */
function findGpu(folder = '/proc/driver/nvidia') {
  if (process.platform !== 'linux') return { hasGpu: false, driver: null };
  if (existsSync(`${folder}/gpus`) && readdirSync(`${folder}/gpus`).length > 0) {
    const version = existsSync(`${folder}/version`) ? readFileSync(`${folder}/version`, 'utf8') : '';
    return { hasGpu: true, driver: driverOf(version) };
  }
  const query = ['--query-gpu=driver_version', '--format=csv,noheader'];
  const { status, stdout } = spawnSync('nvidia-smi', query, { encoding: 'utf8', timeout: 10_000 });
  const driver = status === 0 ? (stdout.split('\n')[0]?.trim() ?? '') : '';
  return { hasGpu: driver !== '', driver: driver || null };
}

/** The driver's version in the kernel's words: "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.14  …". @param {string} text */
export function driverOf(text) {
  return /Kernel Module(?: for \S+)?\s+(\d+\.\d+(?:\.\d+)?)/.exec(text)?.[1] ?? null;
}

/** @param {string} folder it need not exist yet */
function freeBytes(folder) {
  let there = folder;
  while (!existsSync(there)) there = dirname(there);
  const { bavail, bsize } = statfsSync(there);
  return bavail * bsize;
}

/**
 * NVIDIA's shared libraries keep the places they have in their wheels: TensorFlow looks for them at `../nvidia/…` from its own.
 * @param {string} member path in a wheel
 * @returns {string | undefined} where to; nothing for what only compilers need
 */
export function placeCudaLibrary(member) {
  return /^nvidia\/\w+\/lib\/[^/]+\.so\.[\d.]+$/.test(member) ? member : undefined;
}
