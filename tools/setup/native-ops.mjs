/**
 * The project's own TensorFlow ops (`native/`), compiled into one file beside the binding, where the app looks for it and
 * packaging takes it along. Node-API and TensorFlow's C interface only: one file serves Node and Electron.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  buildKey,
  cachePath,
  isWholeFolder,
  keepFolder,
  packageVersion,
  partialPath,
  platformName,
  projectPath,
} from './cache.mjs';
import { isLinked, linkFile } from './link.mjs';
import { TENSORFLOW_VERSION } from './pinned.mjs';
import { runOrThrow, SetupError } from './process.mjs';
import { whileShowing } from './progress.mjs';
import * as tensorflow from './tensorflow.mjs';

export const name = 'Kernels of layers and optimizers';
export const optional = true;
export const without =
  'Without them recurrent layers (LSTM, GRU) train several times slower, and a run says so in its log; small batches of any network take a fifth longer.';

const OUTPUT = 'tandem_ops.node';
const MAIN = 'tandem-ops.cc';
const SOURCES = [
  ...[MAIN, 'call.h', 'kernels.h', 'large-blocks.h', 'instruction-set.h', 'vectors.h', 'shards.h'],
  ...['recurrent-arithmetic.h', 'recurrent-packing.h', 'recurrent-shape.h'],
  ...['update-arithmetic.h', 'update-op.h', 'update-shape.h'],
];
const LIBRARY = 'libtensorflow_framework.so.2';
const FLAGS = [
  // Without contraction there would be no fused multiply-add; the processor is asked for its instructions at run time.
  ...['-O3', '-std=c++17', '-shared', '-fPIC', '-pthread', '-w', '-ffp-contract=fast', '-fvisibility=hidden'],
  // A root of a negative number need not set errno: only so are there roots of whole vectors.
  '-fno-math-errno',
  // The slim variant of TensorFlow's header leaves out a part whose own headers set-up does not unpack.
  ...['-DIS_SLIM_BUILD', '-DNAPI_VERSION=8', '-DBUILDING_NODE_EXTENSION'],
  // From lib/napi-v8/ to deps/lib/, as the binding finds it.
  '-Wl,-rpath,$ORIGIN/../../deps/lib',
];

const source = (/** @type {string} */ file) => join(import.meta.dirname, 'native', file);
const target = () => projectPath('node_modules', '@tensorflow', 'tfjs-node-gpu', 'lib', 'napi-v8', OUTPUT);

async function builtFolder() {
  const versions = {
    headers: packageVersion('node-api-headers'),
    tensorflow: TENSORFLOW_VERSION,
    platform: platformName,
    flags: FLAGS,
  };
  return cachePath(`ops-${await buildKey(versions, SOURCES.map(source))}`);
}

/** @returns {Promise<true | string>} true, or what is missing */
export async function isReady() {
  const built = await builtFolder();
  if (!(await isWholeFolder(built))) return 'not compiled yet';
  return (await isLinked(join(built, OUTPUT), target())) || 'not in node_modules';
}

/** @param {import('./progress.mjs').Progress} progress */
export async function install(progress) {
  if ((await tensorflow.isReady()) !== true) {
    throw new SetupError('The kernels need the TensorFlow library', 'See the line on the library above.');
  }
  const built = await builtFolder();
  if (!(await isWholeFolder(built))) await compile(built, progress);
  await linkFile(join(built, OUTPUT), target(), { symbolic: false });
}

/**
 * @param {string} built
 * @param {import('./progress.mjs').Progress} progress
 */
async function compile(built, progress) {
  const libraries = tensorflow.tensorflowFolder();
  const partial = partialPath(built);
  await mkdir(partial);
  const work = runOrThrow(
    'The kernels of layers and optimizers could not be compiled',
    'It takes a C++ compiler; on Debian: apt-get install g++.',
    'g++',
    [
      ...FLAGS,
      `-I${projectPath('node_modules', 'node-api-headers', 'include')}`,
      `-I${join(libraries, 'include')}`,
      source(MAIN),
      `-L${libraries}`,
      `-l:${LIBRARY}`,
      ...['-o', join(partial, OUTPUT)],
    ],
  );
  try {
    await whileShowing(progress, '  compiling the kernels of layers and optimizers', work);
    await keepFolder(partial, built, [OUTPUT]);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}
