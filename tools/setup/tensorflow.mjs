/**
 * TensorFlow's two native libraries and the C headers that the binding is compiled against, taken out of the Python wheel:
 * the build for processors, or that for NVIDIA's GPUs with the libraries it needs (`cuda.mjs` chooses).
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chosenBuild, cudaFolder, placeCudaLibrary, refuseCuda } from './cuda.mjs';
import { cachePath, isWholeFolder, keepFolder, partialPath, platformName } from './cache.mjs';
import { fetchPinned, needSpace } from './download.mjs';
import { CUDA_WHEELS, TENSORFLOW_VERSION, TENSORFLOW_WHEELS } from './pinned.mjs';
import { SetupError } from './process.mjs';
import { megabytes } from './progress.mjs';
import { extractZip } from './zip.mjs';

export const name = 'TensorFlow library';
export const optional = true;

/** The libraries by file name, the big one first. */
export const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/** Of 13,000 headers the binding includes a dozen, all below these folders. */
const HEADERS = ['tensorflow/c/', 'tensorflow/core/platform/', 'tsl/platform/', 'xla/tsl/c/'];

/** Where the libraries and `include/` lie. */
export function tensorflowFolder() {
  if (chosenBuild().build === 'cuda') return cudaFolder();
  return cachePath(`tensorflow-${TENSORFLOW_VERSION}-${platformName}`);
}

/** The folder of NVIDIA's libraries; null in the build for processors. */
export function nvidiaFolder() {
  return chosenBuild().build === 'cuda' ? join(cudaFolder(), 'nvidia') : null;
}

/** @returns {Promise<true | string>} true, or what is missing */
export async function isReady() {
  return (await isWholeFolder(tensorflowFolder())) || 'not unpacked yet';
}

/** @param {import('./progress.mjs').Progress} progress */
export async function install(progress) {
  if (chosenBuild().build === 'cuda') {
    try {
      await installCuda(progress);
      return;
    } catch (cause) {
      await refuseCuda(cause);
    }
  }
  const { notice } = chosenBuild();
  if (notice !== null) progress.warn(`${notice}. Training uses the processor.`);
  if ((await isReady()) !== true) await installForProcessors(progress);
}

/** @param {import('./progress.mjs').Progress} progress */
async function installCuda(progress) {
  const wheels = CUDA_WHEELS[/** @type {keyof typeof CUDA_WHEELS} */ (platformName)];
  const partial = partialPath(cudaFolder());
  try {
    for (const wheel of wheels) {
      const archive = await fetchPinned(wheel, progress);
      const show = (/** @type {number} */ bytes, /** @type {number} */ total) =>
        progress.update(`  unpacking ${megabytes(bytes)} of ${megabytes(total)}`);
      await extractZip(archive, partial, (member) => placeCudaLibrary(member) ?? place(member), show);
      // Some gigabytes in all, and never needed again.
      await rm(archive);
    }
    await keepFolder(partial, cudaFolder(), LIBRARIES);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** @param {import('./progress.mjs').Progress} progress */
async function installForProcessors(progress) {
  const wheel = TENSORFLOW_WHEELS[/** @type {keyof typeof TENSORFLOW_WHEELS} */ (platformName)];
  if (!wheel) {
    throw new SetupError(
      `No TensorFlow library is known for ${platformName}`,
      'Nothing to do: training works, only slower.',
    );
  }
  const archive = await fetchPinned(wheel, progress);
  await needSpace(cachePath(), 1e9);
  const partial = partialPath(tensorflowFolder());
  try {
    await extractZip(archive, partial, place, (bytes, total) => {
      progress.update(`  unpacking the library ${megabytes(bytes)} of ${megabytes(total)}`);
    });
    await keepFolder(partial, tensorflowFolder(), LIBRARIES);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** @param {string} member path in the wheel */
function place(member) {
  const path = member.replace(/^tensorflow\//, '');
  if (LIBRARIES.includes(path)) return path;
  return HEADERS.some((folder) => path.startsWith(`include/${folder}`)) ? path : undefined;
}
