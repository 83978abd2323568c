/**
 * The binding between tfjs-node-gpu and TensorFlow's library, compiled from the package's own sources. Its install step would
 * fetch a build that is no longer given out (tensorflow/tfjs#8742). Node-API only: one file serves Node and Electron.
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
import { isFolderLinked, isLinked, linkFile, linkFolder } from './link.mjs';
import { TENSORFLOW_VERSION } from './pinned.mjs';
import { runOrThrow, SetupError } from './process.mjs';
import { whileShowing } from './progress.mjs';
import * as tensorflow from './tensorflow.mjs';

export const name = 'TensorFlow binding';
export const optional = true;

const OUTPUT = 'tfjs_binding.node';
const SOURCES = [
  'tfjs_backend.cc',
  'tfjs_binding.cc',
  'tfjs_backend.h',
  'tf_auto_status.h',
  'tf_auto_tensor.h',
  'tfe_auto_op.h',
  'utils.h',
];
const FLAGS = ['-O2', '-std=c++17', '-shared', '-fPIC', '-w', '-DNAPI_VERSION=8', '-DBUILDING_NODE_EXTENSION'];
// From lib/napi-v8/ to deps/lib/, so that node_modules can be moved.
const RUN_PATH = '-Wl,-rpath,$ORIGIN/../../deps/lib';

const inPackage = (/** @type {string[]} */ ...parts) =>
  projectPath('node_modules', '@tensorflow', 'tfjs-node-gpu', ...parts);
const target = () => inPackage('lib', 'napi-v8', OUTPUT);

async function builtFolder() {
  const versions = {
    package: packageVersion('@tensorflow/tfjs-node-gpu'),
    headers: packageVersion('node-api-headers'),
    tensorflow: TENSORFLOW_VERSION,
    platform: platformName,
    flags: [...FLAGS, RUN_PATH],
  };
  return cachePath(
    `binding-${await buildKey(
      versions,
      SOURCES.map((file) => inPackage('binding', file)),
    )}`,
  );
}

/** @returns {Promise<true | string>} true, or what is missing */
export async function isReady() {
  const built = await builtFolder();
  if (!(await isWholeFolder(built))) return 'not compiled yet';
  for (const library of tensorflow.LIBRARIES) {
    const there = await isLinked(join(tensorflow.tensorflowFolder(), library), inPackage('deps', 'lib', library));
    if (!there) return `${library} is not linked`;
  }
  if (!(await isFolderLinked(tensorflow.nvidiaFolder(), inPackage('deps', 'nvidia')))) {
    return 'not linked with the libraries of this device';
  }
  return (await isLinked(join(built, OUTPUT), target())) || 'not in node_modules';
}

/** @param {import('./progress.mjs').Progress} progress */
export async function install(progress) {
  if ((await tensorflow.isReady()) !== true) {
    throw new SetupError('The binding needs the TensorFlow library', 'See the line on the library above.');
  }
  const built = await builtFolder();
  if (!(await isWholeFolder(built))) await compile(built, progress);
  for (const library of tensorflow.LIBRARIES) {
    await linkFile(join(tensorflow.tensorflowFolder(), library), inPackage('deps', 'lib', library));
  }
  await linkFolder(tensorflow.nvidiaFolder(), inPackage('deps', 'nvidia'));
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
    'The binding could not be compiled',
    'It takes a C++ compiler; on Debian: apt-get install g++.',
    'g++',
    [
      ...FLAGS,
      `-I${projectPath('node_modules', 'node-api-headers', 'include')}`,
      `-I${join(libraries, 'include')}`,
      inPackage('binding', 'tfjs_backend.cc'),
      inPackage('binding', 'tfjs_binding.cc'),
      `-L${libraries}`,
      ...tensorflow.LIBRARIES.map((library) => `-l:${library}`),
      RUN_PATH,
      ...['-o', join(partial, OUTPUT)],
    ],
  );
  try {
    await whileShowing(progress, '  compiling the binding', work);
    await keepFolder(partial, built, [OUTPUT]);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}
