/** TensorFlow's two native libraries and the C headers that the binding is compiled against, taken out of the Python wheel. */
import { rm } from 'node:fs/promises';
import { cachePath, isWholeFolder, keepFolder, partialPath, platformName } from './cache.mjs';
import { fetchPinned, needSpace } from './download.mjs';
import { TENSORFLOW_VERSION, TENSORFLOW_WHEELS } from './pinned.mjs';
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
  return cachePath(`tensorflow-${TENSORFLOW_VERSION}-${platformName}`);
}

/** @returns {Promise<true | string>} true, or what is missing */
export async function isReady() {
  return (await isWholeFolder(tensorflowFolder())) || 'not unpacked yet';
}

/** @param {import('./progress.mjs').Progress} progress */
export async function install(progress) {
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
