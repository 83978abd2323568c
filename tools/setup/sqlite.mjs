/**
 * better-sqlite3's native part. The package carries builds for Node 22 and Electron 35 or later; for older ones, which those
 * builds crash, it is compiled here from the package's own sources. Node-API only: one file serves Node and Electron.
 */
import { existsSync, readFileSync } from 'node:fs';
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
import { findElectron } from './electron.mjs';
import { isLinked, linkFile } from './link.mjs';
import { runOrThrow, SetupError } from './process.mjs';
import { whileShowing } from './progress.mjs';

export const name = 'SQLite';
export const optional = false;

const OUTPUT = 'better_sqlite3.node';
const SOURCES = ['deps/sqlite3/sqlite3.c', 'src/better_sqlite3.cpp', 'deps/defines.gypi', 'binding.gyp'];
const POST_FINALIZER = join(import.meta.dirname, 'node-api-post-finalizer.h');
// The flags of the package's binding.gyp and those node-gyp adds; better_sqlite3.cpp includes its other sources.
const COMMON = ['-O3', '-fPIC', '-pthread', '-w', '-DNDEBUG', '-D_FILE_OFFSET_BITS=64', '-D_LARGEFILE_SOURCE'];
const C_FLAGS = [...COMMON, '-std=c99'];
// Node-API's version 10, which the package asks for, is too new here: its few calls are had as experimental ones.
const CPP_FLAGS = [
  ...[...COMMON, '-std=c++20', '-fno-rtti', '-fno-exceptions', '-fno-omit-frame-pointer', '-flto=auto'],
  ...[
    '-fvisibility=hidden',
    '-fvisibility-inlines-hidden',
    '-DBUILDING_NODE_EXTENSION',
    '-DNODE_GYP_MODULE_NAME=better_sqlite3',
  ],
  ...['-DNAPI_VERSION=2147483647', '-DNAPI_EXPERIMENTAL', '-DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'],
  ...['-DNAPI_DISABLE_CPP_EXCEPTIONS', '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'],
];
const LINK_FLAGS = ['-shared', '-pthread', '-O3', '-flto=auto', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL', '-ldl'];
const COMPILER_HINT = 'It takes a C and C++ compiler (on Debian: apt-get install g++), or Node 22 and Electron 35.';

const inPackage = (/** @type {string[]} */ ...parts) => projectPath('node_modules', 'better-sqlite3', ...parts);
const target = () => inPackage('build', 'Release', OUTPUT);

/** Do the package's own builds suit the Node and the Electron in use? */
function prebuildServes() {
  const electronMajor = Number(findElectron()?.version?.split('.')[0] ?? 0);
  return Number(process.versions.node.split('.')[0]) >= 22 && electronMajor >= 35;
}

async function builtFolder() {
  const versions = {
    package: packageVersion('better-sqlite3'),
    addonApi: packageVersion('node-addon-api'),
    headers: packageVersion('node-api-headers'),
    platform: platformName,
    flags: [C_FLAGS, CPP_FLAGS, LINK_FLAGS],
  };
  return cachePath(`sqlite-${await buildKey(versions, [...SOURCES.map((file) => inPackage(file)), POST_FINALIZER])}`);
}

/** @returns {Promise<true | string>} true, or what is missing */
export async function isReady() {
  if (prebuildServes()) return !existsSync(target()) || 'a build for an older Node hides the one for this';
  const built = await builtFolder();
  if (!(await isWholeFolder(built))) return 'not compiled yet';
  return (await isLinked(join(built, OUTPUT), target())) || 'not in node_modules';
}

/** @param {import('./progress.mjs').Progress} progress */
export async function install(progress) {
  if (prebuildServes()) return rm(target());
  if (process.platform !== 'linux')
    throw new SetupError('SQLite needs Node 22 and Electron 35 or later here', 'Install Node 22 or later.');
  const built = await builtFolder();
  if (!(await isWholeFolder(built))) await compile(built, progress);
  await linkFile(join(built, OUTPUT), target(), { symbolic: false });
}

/**
 * @param {string} built
 * @param {import('./progress.mjs').Progress} progress
 */
async function compile(built, progress) {
  const partial = partialPath(built);
  await mkdir(partial);
  const compiling = (/** @type {string} */ compiler, /** @type {string[]} */ args) =>
    runOrThrow('SQLite could not be compiled', COMPILER_HINT, compiler, args);
  const object = (/** @type {string} */ file) => join(partial, file);
  const includes = [
    `-I${projectPath('node_modules', 'node-api-headers', 'include')}`,
    `-I${projectPath('node_modules', 'node-addon-api')}`,
    `-I${inPackage('deps', 'sqlite3')}`,
  ];
  try {
    const both = Promise.all([
      compiling('gcc', [
        ...C_FLAGS,
        ...defines(),
        ...includes,
        '-c',
        inPackage('deps', 'sqlite3', 'sqlite3.c'),
        '-o',
        object('sqlite3.o'),
      ]),
      compiling('g++', [
        ...[...CPP_FLAGS, ...includes, '-include', POST_FINALIZER],
        ...['-c', inPackage('src', 'better_sqlite3.cpp'), '-o', object('addon.o')],
      ]),
    ]);
    await whileShowing(progress, '  compiling SQLite (about a minute)', both);
    await compiling('g++', [object('addon.o'), object('sqlite3.o'), ...LINK_FLAGS, '-o', join(partial, OUTPUT)]);
    await rm(object('sqlite3.o'));
    await rm(object('addon.o'));
    await keepFolder(partial, built, [OUTPUT]);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** SQLite's compile-time options, as the package's own build file lists them. */
function defines() {
  const text = readFileSync(inPackage('deps', 'defines.gypi'), 'utf8');
  return [...text.matchAll(/'((?:HAVE|SQLITE)_\w+(?:=\S+?)?)'/g)].map(([, option]) => `-D${option}`);
}
